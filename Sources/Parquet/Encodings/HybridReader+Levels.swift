/// The levels of a page; nil where all of its column's are 0 or the largest, and none are written.
extension HybridReader<UInt8>? {
  /// Decodes the next levels, in place of what `levels` held; none where none are written.
  ///
  /// - Parameter largest: The largest level that the column has.
  mutating func nextLevels(
    _ count: Int, upTo largest: UInt8, to levels: inout [UInt8]
  ) throws(ParquetError) {
    levels.removeAll(keepingCapacity: true)
    try self?.next(count, to: &levels)
    guard levels.allSatisfy({ $0 <= largest }) else {
      throw .damaged("a page has deeper levels than its column")
    }
  }
}
