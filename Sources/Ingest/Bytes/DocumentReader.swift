internal import Hashing
internal import Parquet
internal import Records

/// A text inside an input file: the file itself, decompressed, or one member of an archive.
package struct DocumentIdentity: Hashable, Sendable {
  /// The place of the file among all input files, from 0.
  package let fileIndex: Int
  /// The place of the text in the file, from 0.
  package let documentIndex: Int
  /// What it is called in messages: `file` or `archive.tar!member`.
  package let name: String

  package init(fileIndex: Int, documentIndex: Int, name: String) {
    self.fileIndex = fileIndex
    self.documentIndex = documentIndex
    self.name = name
  }
}

/// What an input file turned out to be once it was read to the end.
package struct InputSummary: Hashable, Sendable {
  /// The size in bytes as read, compressed.
  package var byteCount: Int
  /// The SHA-256 of the file's bytes; nil if none was asked for.
  package var digest: [UInt8]?
  /// A checksum of the file's bytes, which tells whether it is still the same.
  package var checksum: UInt64
  /// How many texts were in it.
  package var documentCount: Int
  /// Members of archives that were left alone since their names are not those of data, hidden
  /// ones not counted.
  package var skippedMemberCount: Int
  /// The names of the first few of them.
  package var skippedMembers: [String]
}

/// Opens an input file and hands out the texts in it, whatever they are wrapped in.
///
/// Wrappings are recognised by their first bytes. Data is verified as it is read: the end of a text
/// is only reached if all checksums before it are right.
final class DocumentReader {
  /// An opened text.
  struct Document {
    let identity: DocumentIdentity
    let source: BufferedSource
    /// What stands between the cells of a table; nil for JSON.
    let separator: UInt8?
  }

  /// A tar in a gzip in a tar in a gzip is enough.
  private static let maximumDepth = 8
  private static let maximumSkippedNames = 5

  private let file: InputFile
  private let fileIndex: Int
  private let columns: WantedColumns?
  private let rowLimit: Int
  private let window: Int
  private let isReread: Bool
  private let handle: OpenFile
  private let bytes: FileSource
  private let whole: BufferedSource
  private var archives = [(reader: any ArchiveReader, name: String, depth: Int)]()
  private var current: BufferedSource?
  private var typed: TypedSource?
  private var isStarted = false
  private var documentCount = 0
  private var skippedMemberCount = 0
  private var skippedMembers = [String]()

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - fileIndex: Its place among the input files.
  ///   - isDigesting: Whether the summary has the digest of the file.
  ///   - isReread: Whether the file has been read before and its checksum will be compared, so that
  ///     those in it need not be.
  ///   - readsAhead: Whether to read the file on a thread of its own.
  ///   - columns: The fields of rows that are wanted, where a format can leave others out.
  ///   - window: What compressed data may refer back to, in bytes.
  ///   - rowLimit: The longest row in bytes; formats without text make no longer ones.
  init(
    _ file: InputFile, fileIndex: Int = 0, isDigesting: Bool = false, isReread: Bool = false,
    readsAhead: Bool = false, columns: WantedColumns? = nil, rowLimit: Int = 32 << 20,
    window: Int = DecodingWindow.usual
  ) throws(IngestError) {
    self.file = file
    self.fileIndex = fileIndex
    self.columns = columns
    self.rowLimit = rowLimit
    self.window = window
    self.isReread = isReread
    handle = try file.open()
    bytes = FileSource(handle, isDigesting: isDigesting)
    whole = BufferedSource(readsAhead ? ReadAheadSource(bytes) : bytes)
  }

  /// How many bytes of the file have been taken, for showing progress.
  var bytesRead: Int { max(whole.offset, typed?.bytesRead ?? 0) }

  /// Goes on to the next text, past what is left of the one before.
  ///
  /// - Returns: nil after the last one.
  func next() throws(IngestError) -> Document? {
    try current?.drain()
    current = nil
    if !isStarted {
      isStarted = true
      if let text = try unwrap(whole, name: file.displayName, path: file.path, depth: 0) {
        return document(text, name: file.displayName, path: file.path)
      }
    }
    while let archive = archives.last {
      guard let member = try archive.reader.nextMember() else {
        archives.removeLast()
        continue
      }
      guard !DataFileName.isHidden(member.name) else { continue }
      let name = ArchiveMember.name(member.name, in: archive.name)
      guard DataFileName.looksLikeData(member.name) else {
        skippedMemberCount += 1
        if skippedMembers.count < Self.maximumSkippedNames { skippedMembers.append(name) }
        continue
      }
      let source = BufferedSource(try member.open())
      if let text = try unwrap(source, name: name, path: member.name, depth: archive.depth + 1) {
        return document(text, name: name, path: member.name)
      }
    }
    guard documentCount > 0 else { throw noMembers() }
    return nil
  }

  /// Reads the rest of the file, so that all of it is verified and digested.
  ///
  /// - Throws: What is wrong with the rest.
  func finish() throws(IngestError) -> InputSummary {
    while try next() != nil {}
    return try finishUnread()
  }

  /// Reads the rest of the file's bytes without a look at what they are, for their checksum.
  func finishUnread() throws(IngestError) -> InputSummary {
    try whole.drain()
    return InputSummary(
      byteCount: bytes.byteCount, digest: bytes.takeDigest(), checksum: bytes.checksum,
      documentCount: documentCount,
      skippedMemberCount: skippedMemberCount, skippedMembers: skippedMembers)
  }

  private func document(_ source: BufferedSource, name: String, path: String) -> Document {
    current = source
    defer { documentCount += 1 }
    let identity = DocumentIdentity(
      fileIndex: fileIndex, documentIndex: documentCount, name: name)
    // Nothing in a table tells what it is, so this is the one thing that a name decides.
    let separator = typed == nil ? DataFileName.tableSeparator(path) : nil
    return Document(identity: identity, source: source, separator: separator)
  }

  /// Takes off one wrapping after the other.
  ///
  /// - Returns: The text, or nil if there is an archive inside, which is now the last of `archives`.
  private func unwrap(
    _ source: BufferedSource, name: String, path: String, depth: Int
  ) throws(IngestError) -> BufferedSource? {
    var source = source
    var announced = DataFileName.announcedLayers(path)[...]
    for depth in depth..<Self.maximumDepth {
      _ = try source.peek(ContentFormat.prefixCount)
      switch source.withBytes({ ContentFormat(prefix: $0) }) {
      case .plain:
        try source.withBytes { (prefix) throws(IngestError) in
          try checkAbsence(of: announced.first, name: name, prefix: prefix)
        }
        return source
      case .compressed(let compression):
        source = BufferedSource(decoding(source, compression, name))
      case .tar:
        archives.append((TarReader(source, name: name), name, depth))
        return nil
      case .zip:
        guard source === whole else {
          throw IngestError(
            .unsupported, "a zip archive inside a compressed file or archive is not read",
            at: SourceLocation(file: name), hint: "unpack the outer one first")
        }
        archives.append((try ZipReader(handle, window: window), name, depth))
        return nil
      case .parquet:
        guard source === whole else {
          throw IngestError(
            .unsupported, "a Parquet file inside a compressed file or archive is not read",
            at: SourceLocation(file: name), hint: "unpack the outer one first")
        }
        return try opened(.parquet)
      case .arrow:
        guard source === whole else {
          throw IngestError(
            .unsupported, "an Arrow file inside a compressed file or archive is not read",
            at: SourceLocation(file: name), hint: "unpack the outer one first")
        }
        return try opened(.arrow)
      case .unsupported(let format, let hint):
        throw IngestError(
          .unsupported, "this is \(format)", at: SourceLocation(file: name), hint: hint)
      }
      announced = announced.dropFirst()
    }
    throw IngestError(
      .unsupported, "more than \(Self.maximumDepth) wrappings around the text",
      at: SourceLocation(file: name), hint: "unpack it first")
  }

  private func opened(_ format: TypedSource.Format) throws(IngestError) -> BufferedSource {
    let rows = try TypedSource(handle, format, columns: columns, rowLimit: rowLimit)
    typed = rows
    return BufferedSource(rows)
  }

  private func decoding(
    _ source: BufferedSource, _ compression: InputCompression, _ name: String
  ) -> any ByteSource {
    switch compression {
    case .gzip: decoding(source, InflateDecoder(.gzip), compression, name)
    case .zstd:
      decoding(
        source, ZstdDecoder(window: window, verifiesChecksums: !isReread), compression, name)
    case .xz: decoding(source, XZDecoder(window: window), compression, name)
    case .bzip2: decoding(source, BZip2Decoder(), compression, name)
    case .lz4: decoding(source, LZ4Decoder(), compression, name)
    }
  }

  private func decoding<Decoder: StreamDecoder & ~Copyable>(
    _ source: BufferedSource, _ decoder: consuming Decoder, _ compression: InputCompression,
    _ name: String
  ) -> DecodingSource<Decoder> {
    DecodingSource(
      source, decoder: decoder, formatName: compression.rawValue,
      checkCommand: compression.checkCommand, name: name)
  }

  /// A name may announce a wrapping that the bytes do not have: fine if they are JSON, as after
  /// decompressing without renaming, but otherwise the beginning of the file is damaged.
  private func checkAbsence(
    of layer: DataFileName.Layer?, name: String, prefix: Span<UInt8>
  ) throws(IngestError) {
    guard let layer else { return }
    let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF]
    let first = prefix.indices.first { !blanks.contains(prefix[$0]) }.map { prefix[$0] }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { return }
    let isShort = prefix.count < 16
    throw IngestError(
      isShort ? .truncated : .corrupt,
      isShort
        ? "the file ends too early, after \(prefix.count) bytes: \(layer.name) data was expected"
        : "neither \(layer.name) data, as the name says, nor JSON",
      at: SourceLocation(file: name), hint: "copy or download the file again")
  }

  private func noMembers() -> IngestError {
    IngestError(
      .empty,
      skippedMemberCount == 0
        ? "the archive holds no files"
        : "the archive holds no data files, but \(skippedMemberCount) others, such as "
          + (skippedMembers.first ?? ""),
      at: SourceLocation(file: file.displayName),
      hint: "members named .jsonl, .json, .ndjson, .csv or .tsv, compressed or not, are read")
  }
}
