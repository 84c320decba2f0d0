/// A column of numbers with few distinct values, such as lengths: each distinct value once, and a
/// four-byte code a candidate.
package struct LevelColumn: Sendable {
  /// The distinct values in the order of their first appearance.
  package private(set) var levels: [Double] = []
  /// For each candidate the index of its value in `levels`.
  package private(set) var codes = Column<UInt32>()

  private var codeOfLevel: [Double: UInt32] = [:]
  /// Codes of small whole numbers, which lengths mostly are; `UInt32.max` is not seen yet.
  private var codeOfSmall = [UInt32](repeating: .max, count: 1 << 16)

  package init() {}

  package init(_ values: some Sequence<Double>) {
    for value in values { append(value) }
  }

  package var count: Int { codes.count }

  /// Whether every value is a whole number that readers of any language keep as one.
  package var isWhole: Bool { levels.allSatisfy { $0 == $0.rounded() && abs($0) <= 0x1p53 } }

  package subscript(index: Int) -> Double { levels[Int(codes[index])] }

  /// Appends a value; NaN is one value like any other.
  package mutating func append(_ value: Double) { codes.append(code(of: value)) }

  /// Appends values.
  package mutating func append(_ values: [Double]) { codes.append(values.map { code(of: $0) }) }

  private mutating func code(of value: Double) -> UInt32 {
    if value >= 0, value < 65536, value == value.rounded(.down) {
      let index = Int(value)
      if codeOfSmall[index] == .max { codeOfSmall[index] = newCode(for: value) }
      return codeOfSmall[index]
    }
    // NaN never equals itself, so it would get a new code each time.
    let key = value.isNaN ? -.infinity : value
    if let code = codeOfLevel[key] { return code }
    let code = newCode(for: value)
    codeOfLevel[key] = code
    return code
  }

  private mutating func newCode(for value: Double) -> UInt32 {
    levels.append(value)
    return UInt32(levels.count - 1)
  }
}
