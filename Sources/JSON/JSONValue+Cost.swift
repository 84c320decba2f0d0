extension JSONValue {
  /// A text up to this size is made into a value whatever it holds.
  private static let freeByteCount = 1 << 20
  /// What a value may take for each byte of its text: with a copy of it, twice as much.
  private static let bytesAByte = 4

  /// Whether a value would take far more memory than its text: a list of 16 million digits, say.
  ///
  /// No row that was made to be read is so dense; small ones are not looked at.
  ///
  /// - Parameter range: Well-formed JSON.
  package static func isTooDense(_ range: Range<Int>, in source: PaddedBytes) -> Bool {
    guard range.count > freeByteCount else { return false }
    let limit = range.count * bytesAByte
    var cost = 0
    var place = range.lowerBound
    while place < range.upperBound, cost <= limit {
      switch source[place] {
      case UInt8(ascii: "\""):
        let start = place
        place += 1
        while place < range.upperBound, source[place] != UInt8(ascii: "\"") {
          place += source[place] == UInt8(ascii: "\\") ? 2 : 1
        }
        // The array that the bytes are in.
        cost += 48 + place - start
      // A value and its place among the others; an object's or a list's own memory.
      case UInt8(ascii: ","), UInt8(ascii: ":"): cost += 16
      case UInt8(ascii: "["), UInt8(ascii: "{"): cost += 64
      default: break
      }
      place += 1
    }
    return cost > limit
  }
}
