/// A malformed row, for the rejects file.
package struct RejectedRow: Sendable {
  package var location: SourceLocation
  package var code: FaultCode
  package var message: String
  package var hint: String
  /// The row's bytes, or their beginning where it is too long to be kept.
  package var bytes: [UInt8]
  /// The bytes that the whole row takes.
  package var byteCount: Int

  package init(
    location: SourceLocation, code: FaultCode, message: String, hint: String, bytes: [UInt8],
    byteCount: Int
  ) {
    self.location = location
    self.code = code
    self.message = message
    self.hint = hint
    self.bytes = bytes
    self.byteCount = byteCount
  }
}
