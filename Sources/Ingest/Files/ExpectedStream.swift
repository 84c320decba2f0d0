package import Hashing
internal import Records

/// What is known of a stream before it is read: its end says nothing of whether it was cut.
package struct ExpectedStream: Equatable, Sendable {
  package var byteCount: Int?
  /// In hexadecimal.
  package var sha256: String?

  package init(byteCount: Int?, sha256: String?) {
    self.byteCount = byteCount
    self.sha256 = sha256
  }

  /// Throws where a file, given in place of a stream, is something else.
  package func check(_ file: InputFile) throws {
    guard let found = try FileDigest(of: file.path, step: { _ in }) else { return }
    try check(
      byteCount: found.byteCount, digest: [UInt8](hexadecimal: found.sha256) ?? [],
      of: file.displayName)
  }

  /// Throws where what came of a stream is something else.
  ///
  /// - Parameter digest: of the bytes that came.
  package func check(
    byteCount found: Int, digest: SHA256.Digest, of file: String
  ) throws(IngestError) {
    if let byteCount, found != byteCount {
      throw IngestError(
        found < byteCount ? .truncated : .inputChanged,
        "the stream has \(Quantity.count(found, "byte")), not the \(Quantity.count(byteCount)) of "
          + "input.stream_bytes", at: SourceLocation(file: file),
        hint: found < byteCount
          ? "what wrote it may have failed: see its messages and status"
          : "name the bytes as they come, compressed if they are")
    }
    if let sha256, digest.hexadecimal != sha256.lowercased() {
      throw IngestError(
        .inputChanged, "the stream's SHA-256 is not that of input.stream_sha256",
        at: SourceLocation(file: file),
        hint: "it was cut or changed on the way; the digest is that of the bytes as they come")
    }
  }
}
