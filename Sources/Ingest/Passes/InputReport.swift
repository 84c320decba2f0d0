/// What was read of an input file.
package struct InputReport: Equatable, Sendable {
  /// The file as the user named it.
  package var name: String
  /// Bytes on disk.
  package var byteCount: Int
  /// The SHA-256 of the bytes on disk.
  package var digest: [UInt8]
  /// Rows that were not blank.
  package var rows: Int
}
