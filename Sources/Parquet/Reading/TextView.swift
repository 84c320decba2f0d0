/// Where a text is in the pages of a ``ColumnBatch``.
package struct TextView: Sendable {
  let page: UInt32
  let start: UInt32
  let length: UInt32

  /// How many bytes the text has.
  package var byteCount: Int { Int(length) }
}
