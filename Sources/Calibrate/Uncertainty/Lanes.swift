/// A number for each of the refits without one group of prompts, and one for the fit of all.
package struct Lanes: BitwiseCopyable, Sendable {
  private var first: SIMD8<Double>
  private var second: SIMD8<Double>
  private var third: SIMD8<Double>

  /// As many as there are groups, one for all prompts, and some that are not used.
  static var count: Int { 24 }
  /// The lane of the fit of all prompts.
  package static var all: Int { Jackknife.groupCount }

  init(repeating value: Double) {
    first = SIMD8(repeating: value)
    second = first
    third = first
  }

  /// The sum of all numbers but one, for each, and of all.
  init(withoutEach numbers: Span<Double>) {
    self.init(repeating: 0)
    withUnsafeMutableBytes(of: &self) { bytes in
      // Three times eight numbers without a gap.
      let lanes = bytes.bindMemory(to: Double.self)
      // Never all less one, which would leave rounding where nothing is left.
      var before = 0.0
      for lane in numbers.indices {
        lanes[lane] = before
        before += numbers[lane]
      }
      lanes[Jackknife.groupCount] = before
      var after = 0.0
      for lane in numbers.indices.reversed() {
        lanes[lane] += after
        after += numbers[lane]
      }
    }
  }

  private init(_ first: SIMD8<Double>, _ second: SIMD8<Double>, _ third: SIMD8<Double>) {
    self.first = first
    self.second = second
    self.third = third
  }

  package subscript(lane: Int) -> Double {
    get {
      switch lane {
      case ..<8: first[lane]
      case ..<16: second[lane - 8]
      default: third[lane - 16]
      }
    }
    set {
      switch lane {
      case ..<8: first[lane] = newValue
      case ..<16: second[lane - 8] = newValue
      default: third[lane - 16] = newValue
      }
    }
  }

  @inline(__always)
  private func with(
    _ other: Lanes, _ body: (SIMD8<Double>, SIMD8<Double>) -> SIMD8<Double>
  ) -> Lanes {
    Lanes(body(first, other.first), body(second, other.second), body(third, other.third))
  }

  @inline(__always)
  static func + (left: Lanes, right: Lanes) -> Lanes { left.with(right) { $0 + $1 } }
  @inline(__always)
  static func - (left: Lanes, right: Lanes) -> Lanes { left.with(right) { $0 - $1 } }
  @inline(__always)
  static func * (left: Lanes, right: Lanes) -> Lanes { left.with(right) { $0 * $1 } }
  @inline(__always)
  static func / (left: Lanes, right: Lanes) -> Lanes { left.with(right) { $0 / $1 } }
  @inline(__always)
  static func += (left: inout Lanes, right: Lanes) { left = left + right }

  @inline(__always)
  static func * (left: Lanes, right: Double) -> Lanes {
    Lanes(left.first * right, left.second * right, left.third * right)
  }

  /// `right` less every lane.
  @inline(__always)
  static func - (left: Double, right: Lanes) -> Lanes {
    Lanes(left - right.first, left - right.second, left - right.third)
  }

  /// The larger of each lane and the other's.
  func maximum(_ other: Lanes) -> Lanes {
    with(other) { $0.replacing(with: $1, where: $1 .> $0) }
  }

  var magnitude: Lanes { maximum(Lanes(repeating: 0) - self) }

  /// The largest of all lanes that are in use.
  var largest: Double { (0...Self.all).reduce(-.infinity) { max($0, self[$1]) } }

  /// The lanes, with others where they are not numbers.
  func replacingNaN(with other: Lanes) -> Lanes {
    with(other) { $0.replacing(with: $1, where: $0 .!= $0) }
  }

  /// The lanes, 0 where another one does not exceed a bound.
  func zeroed(unless other: Lanes, exceeds bound: Lanes) -> Lanes {
    Lanes(
      first.replacing(with: 0, where: .!(other.first .> bound.first)),
      second.replacing(with: 0, where: .!(other.second .> bound.second)),
      third.replacing(with: 0, where: .!(other.third .> bound.third)))
  }

  /// The lanes, 0 where they are infinite or not numbers.
  var finite: Lanes {
    with(self) { lanes, _ in lanes.replacing(with: 0, where: (lanes - lanes) .!= 0) }
  }
}

extension Lanes {
  /// What lies at a place between ascending knots; beyond the ends, what lies there.
  static func interpolate(_ curves: [Lanes], _ knots: [Double], at x: Double) -> Lanes {
    guard let first = knots.first, let last = knots.last, x == x else {
      return Lanes(repeating: .nan)
    }
    if x <= first { return curves[0] }
    if x >= last { return curves[curves.count - 1] }
    var low = 0
    var high = knots.count - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if knots[middle] <= x { low = middle } else { high = middle }
    }
    let part = (x - knots[low]) / (knots[high] - knots[low])
    return curves[low] * (1 - part) + curves[high] * part
  }
}
