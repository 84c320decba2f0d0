internal import Bytes
internal import Records

/// The members of a tar archive, one after the other.
///
/// Headers have checksums, contents do not: a changed byte inside a member goes unnoticed, which is
/// why archives are best compressed. The end must be marked by a block of zeros as the format asks,
/// since nothing else tells a whole archive from one that was cut between two members. Archives
/// written one after the other (`cat a.tar b.tar`) are read as one.
final class TarReader: ArchiveReader {
  private let source: BufferedSource
  private let name: String
  /// Content of the current member that is still to be read, and the zeros that fill its last block.
  private var remaining = 0
  private var padding = 0
  private var isEnded = false

  /// More than this is not a name.
  private static let maximumRecordBytes = 1 << 20

  init(_ source: BufferedSource, name: String) {
    self.source = source
    self.name = name
  }

  func nextMember() throws(IngestError) -> ArchiveMember? {
    guard !isEnded else { return nil }
    try skip(remaining + padding)
    remaining = 0
    padding = 0
    var longName: String?
    var records: PaxRecords?
    while let header = try nextHeader() {
      switch header.kind {
      case .longName:
        let bytes = try record(header)
        longName = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      case .longLink, .globalRecords:
        _ = try record(header)
      case .extendedRecords:
        guard let parsed = PaxRecords(try record(header)) else {
          throw corrupt("an extended header is damaged")
        }
        records = parsed
      case .file, .other, .scattered:
        let memberName = records?.path ?? longName ?? header.name
        let isSparse = header.kind == .scattered || records?.isSparse == true
        remaining = header.kind == .file ? records?.size ?? header.size : header.size
        padding = -remaining & (TarHeader.blockCount - 1)
        if header.kind == .other {
          try skip(remaining + padding)
          (remaining, padding) = (0, 0)
          longName = nil
          records = nil
          continue
        }
        return ArchiveMember(name: memberName) { () throws(IngestError) in
          guard !isSparse else { throw self.sparse(memberName) }
          return Content(of: self)
        }
      }
    }
    isEnded = true
    return nil
  }

  /// Reads the next header; nil after the end mark.
  private func nextHeader() throws(IngestError) -> TarHeader? {
    var zeroBlocks = 0
    while true {
      _ = try source.peek(TarHeader.blockCount)
      let block = source.withBytes {
        Array(copying: $0.extracting(first: TarHeader.blockCount))
      }
      if block.isEmpty, zeroBlocks > 0 { return nil }
      if !block.isEmpty, block.allSatisfy({ $0 == 0 }), zeroBlocks > 0 || block.count == 512 {
        source.consume(block.count)
        zeroBlocks += 1
        continue
      }
      guard block.count == TarHeader.blockCount else {
        throw zeroBlocks > 0 ? corrupt("something follows the end mark") : truncated()
      }
      guard let header = TarHeader(block.span) else {
        throw corrupt(
          zeroBlocks > 0 ? "something follows the end mark" : "a member's header is damaged")
      }
      source.consume(TarHeader.blockCount)
      return header
    }
  }

  /// The content of a header that only describes the next member.
  private func record(_ header: TarHeader) throws(IngestError) -> [UInt8] {
    guard header.size <= Self.maximumRecordBytes else {
      throw corrupt("an extended header is huge")
    }
    var bytes = [UInt8]()
    while bytes.count < header.size {
      let count = min(try source.peek(), header.size - bytes.count)
      guard count > 0 else { throw truncated() }
      source.withBytes { bytes.append(copying: $0.extracting(0..<count)) }
      source.consume(count)
    }
    try skip(-header.size & (TarHeader.blockCount - 1))
    return bytes
  }

  private func skip(_ count: Int) throws(IngestError) {
    var left = count
    while left > 0 {
      let available = min(left, try source.peek())
      guard available > 0 else { throw truncated() }
      source.consume(available)
      left -= available
    }
  }

  private func readContent(into room: inout OutputSpan<UInt8>) throws(IngestError) -> Int {
    guard remaining > 0 else { return 0 }
    let count = try source.read(atMost: remaining, into: &room)
    guard count > 0 else { throw truncated() }
    remaining -= count
    return count
  }

  private func sparse(_ member: String) -> IngestError {
    IngestError(
      .unsupported, "this member is stored as a sparse or split file, which is not read",
      at: SourceLocation(file: ArchiveMember.name(member, in: name)),
      hint: "unpack the archive and give the files in it")
  }

  private func truncated() -> IngestError {
    IngestError(
      .truncated, "the tar archive ends too early, at byte \(source.offset)",
      at: SourceLocation(file: name), hint: "copy or download it again; `tar -tf FILE` lists it")
  }

  private func corrupt(_ reason: String) -> IngestError {
    IngestError(
      .corrupt, "the tar archive is corrupt near byte \(source.offset): \(reason)",
      at: SourceLocation(file: name), hint: "copy or download it again; `tar -tf FILE` lists it")
  }

  /// The bytes of the reader's current member.
  private final class Content: ByteSource {
    private let reader: TarReader

    init(of reader: TarReader) { self.reader = reader }

    func read(into room: inout OutputSpan<UInt8>) throws(IngestError) -> Int {
      try reader.readContent(into: &room)
    }
  }
}
