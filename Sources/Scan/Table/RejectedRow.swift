package import Records

/// A malformed row, for the rejects file.
package struct RejectedRow: Sendable {
  package var location: SourceLocation
  /// A stable name of what is wrong, such as `not_json`.
  package var code: String
  package var message: String
  package var hint: String
  /// The row's bytes, or their beginning where it is too long to be kept.
  package var bytes: [UInt8]
  /// The bytes that the whole row takes.
  package var byteCount: Int
}
