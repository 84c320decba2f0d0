internal import Records

/// The members of a zip archive, in the order of its directory.
///
/// Stored and deflated members are read, and those compressed with zstd, bzip2 or xz. Length and
/// CRC-32 of every member are checked.
final class ZipReader: ArchiveReader {
  private let file: OpenFile
  private let window: Int
  private let directory: ZipDirectory
  private var index = 0

  /// Opens an archive, which needs a file: the directory stands at its end.
  ///
  /// - Parameter window: What compressed members may refer back to, in bytes.
  init(
    _ file: OpenFile, window: Int = DecodingWindow.usual
  ) throws(IngestError) {
    self.file = file
    self.window = window
    directory = try ZipDirectory(of: file)
  }

  func nextMember() throws(IngestError) -> ArchiveMember? {
    while index < directory.entries.count {
      let entry = directory.entries[index]
      index += 1
      let content = try contentRange(of: entry)
      if entry.isFolder { continue }
      return ArchiveMember(name: entry.displayName) { () throws(IngestError) in
        try self.source(of: entry, in: content)
      }
    }
    return nil
  }

  /// Checks the header before the content against the directory.
  private func contentRange(of entry: ZipDirectory.Entry) throws(IngestError) -> Range<Int> {
    let header = ZipFields(try ZipFields.bytes(of: file, at: entry.headerOffset, count: 30))
    let nameCount = header.u16(26)
    let nameStart = entry.headerOffset + 30
    guard header.u32(0) == 0x0403_4B50, nameCount == entry.name.count,
      try ZipFields.bytes(of: file, at: nameStart, count: nameCount) == entry.name,
      header.u16(8) == Int(entry.method), header.u16(6) & 1 == Int(entry.flags & 1)
    else { throw failure(.corrupt, "the header and the archive's directory disagree", entry) }
    let start = nameStart + nameCount + header.u16(28)
    guard entry.compressedCount <= directory.offset - start else {
      throw failure(.corrupt, "the content does not fit into the archive", entry)
    }
    return start..<(start + entry.compressedCount)
  }

  private func source(
    of entry: ZipDirectory.Entry, in range: Range<Int>
  ) throws(IngestError) -> any ByteSource {
    // No type, a pipe (what `zip` writes for its standard input), a regular file.
    guard [0, 0x1000, 0x8000].contains(entry.fileType) else {
      throw failure(
        .unsupported, "this member is a symbolic link or a device", entry,
        hint: "unpack the archive and give the files in it")
    }
    guard !entry.isEncrypted else {
      throw failure(
        .unsupported, "this member is encrypted", entry,
        hint: "unpack the archive with its password and give the files in it")
    }
    let stored = FileSource(file, range: range)
    let name = ArchiveMember.name(entry.displayName, in: file.displayName)
    let content: any ByteSource
    switch entry.method {
    case 0: content = stored
    case 8: content = decoded(stored, InflateDecoder(.none), "deflate", name)
    case 12: content = decoded(stored, BZip2Decoder(), "bzip2", name)
    case 93: content = decoded(stored, ZstdDecoder(window: window), "zstd", name)
    case 95: content = decoded(stored, XZDecoder(window: window), "xz", name)
    default:
      throw failure(
        .unsupported, "this member is compressed with method \(entry.method), which is not read",
        entry, hint: "unpack the archive and give the files in it")
    }
    return CheckedSource(content, entry: entry, name: name)
  }

  private func decoded<Decoder: StreamDecoder & ~Copyable>(
    _ stored: FileSource, _ decoder: consuming Decoder, _ formatName: String, _ name: String
  ) -> DecodingSource<Decoder> {
    DecodingSource(
      BufferedSource(stored), decoder: decoder, formatName: formatName,
      checkCommand: "unzip -t", name: name)
  }

  private func failure(
    _ code: IngestError.Code, _ message: String, _ entry: ZipDirectory.Entry,
    hint: String = "copy or download it again; `unzip -t FILE` checks it"
  ) -> IngestError {
    let name = ArchiveMember.name(entry.displayName, in: file.displayName)
    return IngestError(code, message, at: SourceLocation(file: name), hint: hint)
  }

  /// Compares what was read with the directory's length and checksum.
  private final class CheckedSource: ByteSource {
    private let content: any ByteSource
    private let entry: ZipDirectory.Entry
    private let name: String
    private var count = 0
    private var checksum: UInt32 = 0

    init(_ content: any ByteSource, entry: ZipDirectory.Entry, name: String) {
      self.content = content
      self.entry = entry
      self.name = name
    }

    func read(into room: inout OutputSpan<UInt8>) throws(IngestError) -> Int {
      let step = try content.read(into: &room)
      count += step
      let bytes = room.span.extracting((room.count - step)..<room.count)
      checksum = CRC32.extended(checksum, by: bytes)
      let isWrong = step == 0 && (count != entry.count || checksum != entry.checksum)
      guard count <= entry.count, !isWrong else {
        throw IngestError(
          .corrupt,
          "the zip member is corrupt: its length or checksum is not that of the directory",
          at: SourceLocation(file: name),
          hint: "copy or download it again; `unzip -t FILE` checks it")
      }
      return step
    }
  }
}
