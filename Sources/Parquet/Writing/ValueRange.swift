internal import Bytes

/// The smallest and largest of some values, which let readers pass over pages.
enum ValueRange: Sendable {
  case none
  case integers(least: Int64, greatest: Int64)
  case floats(least: Double, greatest: Double)
  case texts(least: [UInt8], greatest: [UInt8])
  /// There was a NaN, which no order has a place for.
  case unordered

  /// No more bytes than this of a text are kept.
  static let textLimit = 64

  /// The bounds of the values of a PLAIN page, which are no booleans.
  init(of values: Span<UInt8>, _ type: PhysicalType) {
    self = .none
    var place = 0
    func next<Value: FixedWidthInteger & BitwiseCopyable>(_: Value.Type) -> Value {
      defer { place += MemoryLayout<Value>.size }
      return PlainEncoder.value(at: place, in: values)
    }
    while place < values.count {
      switch type {
      case .int32: include(Int64(next(Int32.self)))
      case .int64: include(next(Int64.self))
      case .float: include(Double(Float(bitPattern: next(UInt32.self))))
      case .double: include(Double(bitPattern: next(UInt64.self)))
      default:
        let text = PlainEncoder.text(at: place, in: values)
        include(values.extracting(text))
        place = text.upperBound
      }
    }
  }

  mutating func include(_ value: Int64) {
    if case .integers(let least, let greatest) = self {
      self = .integers(least: min(least, value), greatest: max(greatest, value))
    } else {
      self = .integers(least: value, greatest: value)
    }
  }

  mutating func include(_ value: Double) {
    switch self {
    case .unordered: return
    case _ where value.isNaN: self = .unordered
    case .floats(let least, let greatest):
      self = .floats(least: min(least, value), greatest: max(greatest, value))
    default: self = .floats(least: value, greatest: value)
    }
  }

  /// Includes a text, of which no more is looked at than is kept.
  mutating func include(_ text: Span<UInt8>) {
    let text = text.extracting(first: Self.textLimit + 1)
    guard case .texts(var least, var greatest) = self else {
      let copy = Array(copying: text)
      self = .texts(least: copy, greatest: copy)
      return
    }
    let isLeast = text.precedes(least.span)
    let isGreatest = greatest.span.precedes(text)
    guard isLeast || isGreatest else { return }
    self = .none
    if isLeast { least = Array(copying: text) }
    if isGreatest { greatest = Array(copying: text) }
    self = .texts(least: least, greatest: greatest)
  }

  mutating func include(_ other: ValueRange) {
    switch other {
    case .none: break
    case .unordered: self = .unordered
    case .integers(let least, let greatest):
      include(least)
      include(greatest)
    case .floats(let least, let greatest):
      include(least)
      include(greatest)
    case .texts(let least, let greatest):
      include(least.span)
      include(greatest.span)
    }
  }

  /// The bounds as a file tells them.
  func statistics(_ type: PhysicalType, nullCount: Int) -> Statistics {
    var statistics = Statistics(nullCount: Int64(nullCount))
    switch self {
    case .none, .unordered: break
    case .integers(let least, let greatest):
      statistics.minimum = Self.bytes(least, type)
      statistics.maximum = Self.bytes(greatest, type)
    case .floats(let least, let greatest):
      // Zeros of either sign are one value: the bounds have to hold both.
      statistics.minimum = Self.bytes(least == 0 ? -0.0 : least, type)
      statistics.maximum = Self.bytes(greatest == 0 ? 0.0 : greatest, type)
    case .texts(let least, let greatest):
      let (lower, upper) = (Self.shortened(least), Self.shortened(greatest))
      statistics.minimum = lower
      statistics.isMinimumExact = lower.count == least.count
      if upper.count == greatest.count {
        statistics.maximum = upper
      } else if let above = Self.above(upper) {
        statistics.maximum = above
        statistics.isMaximumExact = false
      } else {
        // Half of the bounds is none.
        statistics.minimum = nil
      }
    }
    return statistics
  }

  private static func bytes(_ value: Int64, _ type: PhysicalType) -> [UInt8] {
    var bytes: [UInt8] = []
    switch type {
    case .boolean: bytes = [UInt8(truncatingIfNeeded: value)]
    case .int32: PlainEncoder.append(Int32(truncatingIfNeeded: value), to: &bytes)
    default: PlainEncoder.append(value, to: &bytes)
    }
    return bytes
  }

  private static func bytes(_ value: Double, _ type: PhysicalType) -> [UInt8] {
    var bytes: [UInt8] = []
    if type == .float {
      PlainEncoder.append(Float(value).bitPattern, to: &bytes)
    } else {
      PlainEncoder.append(value.bitPattern, to: &bytes)
    }
    return bytes
  }

  /// At most ``textLimit`` bytes, cut before a character.
  private static func shortened(_ text: [UInt8]) -> [UInt8] {
    guard text.count > textLimit else { return text }
    var end = textLimit
    while end > 0, text[end] & 0xC0 == 0x80 { end -= 1 }
    return Array(text[..<end])
  }

  /// A short text above all that begin with `text`; nil where there is none as simple.
  private static func above(_ text: [UInt8]) -> [UInt8]? {
    // The last character of ASCII that has another one behind it.
    guard let place = text.lastIndex(where: { $0 < 0x7F }) else { return nil }
    return text[..<place] + [text[place] + 1]
  }
}
