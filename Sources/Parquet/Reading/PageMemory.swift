/// What the pages of a file that are open at the same time may take together.
///
/// A few bytes of a page can stand for any number of values, so what they will take is asked for
/// before they are decoded.
final class PageMemory {
  private let limit: Int
  private var taken = 0

  /// What honest files stay below: the largest pages that writers make, in some columns.
  private static let usual = 384 << 20

  /// - Parameter rowLimit: The longest row; a page holds one at least.
  init(rowLimit: Int) {
    limit = max(Self.usual, 12 * rowLimit)
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
