/// An archive whose files are read one after the other.
protocol ArchiveReader: AnyObject {
  /// Goes on to the next regular file, past what is left of the one before.
  ///
  /// - Returns: nil at the end of the archive, which has then been verified.
  func nextMember() throws(IngestError) -> ArchiveMember?
}

/// A regular file inside an archive.
struct ArchiveMember {
  /// Its path in the archive.
  let name: String
  /// Its bytes, readable until the reader goes on.
  let source: any ByteSource

  /// How a member is called in messages: `archive.tar!member`.
  static func name(_ member: String, in archive: String) -> String { "\(archive)!\(member)" }
}
