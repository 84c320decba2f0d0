internal import Bytes

/// Some rows of a file by columns: the entries of the leaves that were asked for.
///
/// Texts are not copied: they are looked at in the pages, which stay as long as the batch does. Every
/// one is well-formed UTF-8.
package struct ColumnBatch: Sendable {
  /// The place of the first row in the file, from 0.
  package let firstRow: Int
  package let rowCount: Int
  /// The leaves' entries, in the order in which the leaves were asked for.
  var leaves: [LeafEntries]
  /// What the texts are in.
  var pages: [[UInt8]] = []

  // MARK: Entries, of leaves by their places among those that were asked for

  /// The entries of a row in a leaf.
  package func entries(ofRow row: Int, leaf: Int) -> Range<Int> { leaves[leaf].entries(ofRow: row) }

  /// Whether an entry of a leaf has a value.
  package func hasValue(_ entry: Int, leaf: Int) -> Bool { leaves[leaf].hasValue(entry) }

  /// The definition level of an entry of a leaf.
  package func definition(_ entry: Int, leaf: Int) -> UInt8 { leaves[leaf].definition(entry) }

  /// The text of an entry of a leaf that has one.
  package func text(_ entry: Int, leaf: Int) -> TextView { leaves[leaf].text(entry) }

  // MARK: Texts

  /// Gives access to a text.
  package func withText<Result, Failure: Error>(
    _ text: TextView, _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let start = Int(text.start)
    let page = pages[Int(text.page)]
    return try body(page.span.extracting(start..<(start + Int(text.length))))
  }

  /// A copy of a text.
  package func bytes(_ text: TextView) -> [UInt8] { withText(text) { [UInt8](copying: $0) } }

  /// Whether two texts are the same bytes.
  package func areEqual(_ first: TextView, _ second: TextView) -> Bool {
    first.length == second.length
      && withText(first) { first in withText(second) { first.equals($0) } }
  }
}
