internal import Ingest

/// What was read of an input file.
package struct InputReport: Equatable, Sendable {
  /// The file as the user named it.
  package var name: String
  /// Bytes on disk.
  package var byteCount: Int
  /// The SHA-256 of the bytes on disk.
  package var digest: [UInt8]
  /// A checksum of the same bytes.
  package var checksum: UInt64
  /// Rows that were not blank.
  package var rows: Int
  /// Members of an archive that were left alone, as their names are not those of data.
  package var skippedMemberCount: Int
  /// The names of the first few of them.
  package var skippedMembers: [String]
}

extension InputReport {
  /// - Parameter summary: nil if the file was not read to its end.
  init(name: String, _ summary: InputSummary?, rows: Int) {
    self.init(
      name: name, byteCount: summary?.byteCount ?? 0, digest: summary?.digest ?? [],
      checksum: summary?.checksum ?? 0, rows: rows,
      skippedMemberCount: summary?.skippedMemberCount ?? 0,
      skippedMembers: summary?.skippedMembers ?? [])
  }
}
