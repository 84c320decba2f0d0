internal import CKernels

/// What is summed up over candidates: a number, or one for each refit.
protocol Additive {
  static var zero: Self { get }
  static var one: Self { get }

  static func + (left: Self, right: Self) -> Self
  static func - (left: Self, right: Self) -> Self
  static func * (left: Self, right: Self) -> Self
  static func * (left: Self, right: Double) -> Self
  static func += (left: inout Self, right: Self)

  /// One over it; 0 where that is infinite.
  var share: Self { get }

  /// Adds how every entry of a prompt counts in every other.
  ///
  /// - Parameters:
  ///   - entries: Of which some may come twice.
  ///   - masses: What they weigh.
  ///   - share: One over what all weigh.
  ///   - coupling: Rows of `width` cells, of which those from the diagonal on are added to.
  static func couple(
    _ entries: Span<Int>, _ masses: Span<Self>, _ share: Self,
    in coupling: inout MutableSpan<Self>, width: Int)
}

extension Double: Additive {
  static var one: Double { 1 }

  var share: Double { self == 0 ? 0 : 1 / self }

  static func couple(
    _ entries: Span<Int>, _ masses: Span<Double>, _ share: Double,
    in coupling: inout MutableSpan<Double>, width: Int
  ) {
    for first in entries.indices {
      let entry = entries[first]
      let part = masses[first] * share
      coupling[entry * width + entry] += part * masses[first]
      for second in first + 1..<entries.count {
        let other = entries[second]
        let product = part * masses[second]
        // Two candidates of one bin count in each other.
        coupling[min(entry, other) * width + max(entry, other)] +=
          entry == other ? product + product : product
      }
    }
  }
}

extension Lanes: Additive {
  static let zero = Lanes(repeating: 0)
  static let one = Lanes(repeating: 1)

  var share: Lanes { (Self.one / self).finite }

  static func couple(
    _ entries: Span<Int>, _ masses: Span<Lanes>, _ share: Lanes,
    in coupling: inout MutableSpan<Lanes>, width: Int
  ) {
    for index in entries.indices { precondition(entries[index] >= 0 && entries[index] < width) }
    precondition(masses.count == entries.count && coupling.count == width * width)
    coupling.withUnsafeMutableBytes { cells in
      entries.withUnsafeBufferPointer { entries in
        masses.withUnsafeBytes { masses in
          withUnsafeBytes(of: share) { share in
            couple_refits(
              cells.numbers, width, entries.baseAddress, masses.numbers, entries.count,
              share.numbers)
          }
        }
      }
    }
  }
}

extension Lanes {
  /// Makes bisquare robustness weights (Cleveland 1979) of what refits leave of a prompt's
  /// candidates.
  ///
  /// - Parameters:
  ///   - rests: Become the weights.
  ///   - level: What is taken from each rest.
  ///   - bound: The residual beyond which a candidate has no weight.
  ///   - mask: What each weight is multiplied by.
  static func weigh(
    _ rests: inout MutableSpan<Lanes>, from level: Lanes, bound: Double, mask: Lanes
  ) {
    let count = rests.count
    rests.withUnsafeMutableBytes { rests in
      withUnsafeBytes(of: level) { level in
        withUnsafeBytes(of: mask) { mask in
          weigh_refits(rests.numbers, count, level.numbers, bound, mask.numbers)
        }
      }
    }
  }
}

extension UnsafeRawBufferPointer {
  fileprivate var numbers: UnsafePointer<Double>? {
    baseAddress?.assumingMemoryBound(to: Double.self)
  }
}

extension UnsafeMutableRawBufferPointer {
  fileprivate var numbers: UnsafeMutablePointer<Double>? {
    baseAddress?.assumingMemoryBound(to: Double.self)
  }
}
