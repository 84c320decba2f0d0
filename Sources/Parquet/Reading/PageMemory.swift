/// What the pages of a file that are open at the same time may take together.
///
/// A few bytes of a page can stand for any number of values, so what they will take is asked for
/// before they are decoded.
final class PageMemory {
  private let limit: Int
  private var taken = 0

  /// What honest files stay below: the largest pages that writers make, in some columns.
  private static let usual = 384 << 20

  /// What is enough for pages as most writers make them.
  static let modest = 128 << 20

  /// - Parameter limit: In bytes.
  init(limit: Int) { self.limit = limit }

  /// - Parameter rowLimit: The longest row; a page holds one at least.
  convenience init(rowLimit: Int) {
    self.init(limit: max(Self.usual, 12 * rowLimit))
  }

  /// Asks for memory.
  func take(_ byteCount: Int) throws(ParquetError) {
    guard byteCount <= limit - taken else {
      throw ParquetError(.beyondRowLimit, "its pages take more than \(limit >> 20) MiB of memory")
    }
    taken += byteCount
  }

  /// Gives back what was asked for.
  func giveBack(_ byteCount: Int) { taken -= byteCount }
}
