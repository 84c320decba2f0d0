internal import Records

/// The central directory of a zip archive (APPNOTE.TXT 6.3), with zip64, read strictly.
///
/// Everything that the format says twice is compared, because a directory has no checksum: the
/// number of entries, the directory's place and size, and (in ``ZipReader``) each local header.
struct ZipDirectory {
  /// One file or folder.
  struct Entry {
    var name: [UInt8]
    var flags: UInt16
    var method: UInt16
    var checksum: UInt32
    var compressedCount: Int
    var count: Int
    var headerOffset: Int
    /// The Unix file type bits; 0 if the archive was not made on Unix.
    var fileType: UInt32

    var isEncrypted: Bool { flags & 1 != 0 }
    var isFolder: Bool { name.last == UInt8(ascii: "/") }
    var displayName: String { String(decoding: name, as: UTF8.self) }
  }

  private(set) var entries = [Entry]()
  /// Where the directory begins; all contents lie before it.
  private(set) var offset = 0

  private static let endRecordCount = 22

  /// Reads the directory of `file`.
  init(of file: OpenFile) throws(IngestError) {
    let fileCount = try file.byteCount()
    let tailCount = min(fileCount, Self.endRecordCount + 0xFFFF)
    let tail = ZipFields(try ZipFields.bytes(of: file, at: fileCount - tailCount, count: tailCount))
    guard let end = Self.endRecord(in: tail) else {
      throw Self.failure(.truncated, "the zip archive has no directory at its end", file)
    }
    guard tail.u16(end + 4) == 0, tail.u16(end + 6) == 0 else {
      throw Self.failure(
        .unsupported, "this is one part of a zip archive in several parts", file,
        hint: "join them with `zip -s 0 FILE --out whole.zip`")
    }
    var entryCount = tail.u16(end + 10)
    var byteCount = tail.u32(end + 12)
    var directoryOffset = tail.u32(end + 16)
    var directoryEnd = fileCount - tailCount + end
    if end >= 20, tail.u32(end - 20) == 0x0706_4B50 {
      let place = tail.u64(end - 12)
      let record = ZipFields(try ZipFields.bytes(of: file, at: place, count: 56))
      guard record.u32(0) == 0x0606_4B50 else {
        throw Self.failure(.corrupt, "the zip archive's directory is damaged", file)
      }
      entryCount = record.u64(32)
      byteCount = record.u64(40)
      directoryOffset = record.u64(48)
      directoryEnd = place
    }
    guard directoryOffset >= 0, byteCount >= 0, directoryOffset <= directoryEnd,
      byteCount == directoryEnd - directoryOffset
    else {
      throw Self.failure(.corrupt, "the zip archive's directory is not where it should be", file)
    }
    offset = directoryOffset
    let fields = ZipFields(try ZipFields.bytes(of: file, at: offset, count: byteCount))
    guard let entries = Self.entries(in: fields), entries.count == entryCount else {
      throw Self.failure(.corrupt, "the zip archive's directory is damaged", file)
    }
    guard !Self.overlap(entries) else {
      throw Self.failure(
        .corrupt, "members of the zip archive lie over each other", file,
        hint: "such archives unpack to far more than they hold; have it made again")
    }
    self.entries = entries
  }

  /// Whether two members claim the same bytes, by what their headers and contents take at least.
  private static func overlap(_ entries: [Entry]) -> Bool {
    let sorted = entries.sorted { $0.headerOffset < $1.headerOffset }
    return zip(sorted, sorted.dropFirst()).contains { entry, next in
      let taken = 30 + entry.name.count
      return next.headerOffset - entry.headerOffset < taken
        || next.headerOffset - entry.headerOffset - taken < entry.compressedCount
    }
  }

  /// Finds the record that ends at the end of the file, its comment included.
  private static func endRecord(in tail: ZipFields) -> Int? {
    guard tail.count >= endRecordCount else { return nil }
    return stride(from: tail.count - endRecordCount, through: 0, by: -1).first { place in
      tail.u32(place) == 0x0605_4B50
        && place + endRecordCount + tail.u16(place + 20) == tail.count
    }
  }

  /// The entries, if they fill the directory exactly.
  private static func entries(in fields: ZipFields) -> [Entry]? {
    var entries = [Entry]()
    var place = 0
    while place < fields.count {
      guard place + 46 <= fields.count, fields.u32(place) == 0x0201_4B50 else { return nil }
      let nameEnd = place + 46 + fields.u16(place + 28)
      let extraEnd = nameEnd + fields.u16(place + 30)
      let end = extraEnd + fields.u16(place + 32)
      guard end <= fields.count else { return nil }
      let isUnix = fields.u16(place + 4) >> 8 == 3
      var entry = Entry(
        name: fields.bytes(place + 46..<nameEnd), flags: UInt16(fields.u16(place + 8)),
        method: UInt16(fields.u16(place + 10)), checksum: UInt32(fields.u32(place + 16)),
        compressedCount: fields.u32(place + 20), count: fields.u32(place + 24),
        headerOffset: fields.u32(place + 42),
        fileType: isUnix ? UInt32(fields.u32(place + 38)) >> 16 & 0xF000 : 0)
      guard fillWideFields(of: &entry, from: fields, extra: nameEnd..<extraEnd) else { return nil }
      entries.append(entry)
      place = end
    }
    return entries
  }

  /// Takes numbers of more than 32 bits from the zip64 extra field, where the plain ones are full.
  private static func fillWideFields(
    of entry: inout Entry, from fields: ZipFields, extra: Range<Int>
  ) -> Bool {
    let full = 0xFFFF_FFFF
    guard entry.count == full || entry.compressedCount == full || entry.headerOffset == full else {
      return true
    }
    var place = extra.lowerBound
    while place + 4 <= extra.upperBound {
      let end = place + 4 + fields.u16(place + 2)
      guard end <= extra.upperBound else { return false }
      if fields.u16(place) == 1 {
        place += 4
        for field in [\Entry.count, \.compressedCount, \.headerOffset]
        where entry[keyPath: field] == full {
          guard place + 8 <= end else { return false }
          entry[keyPath: field] = fields.u64(place)
          guard entry[keyPath: field] >= 0 else { return false }
          place += 8
        }
        return true
      }
      place = end
    }
    return false
  }

  /// An error about an archive.
  static func failure(
    _ code: IngestError.Code, _ message: String, _ file: OpenFile,
    hint: String = "copy or download it again; `unzip -t FILE` checks it"
  ) -> IngestError {
    IngestError(code, message, at: SourceLocation(file: file.displayName), hint: hint)
  }
}

/// Little-endian numbers in bytes; the caller keeps within ``count``.
struct ZipFields {
  private let storage: [UInt8]

  init(_ bytes: [UInt8]) { storage = bytes }

  var count: Int { storage.count }

  func u16(_ place: Int) -> Int { Int(storage[place]) | Int(storage[place + 1]) << 8 }
  func u32(_ place: Int) -> Int { u16(place) | u16(place + 2) << 16 }
  /// Numbers beyond `Int` come out negative.
  func u64(_ place: Int) -> Int { u32(place) | u32(place + 4) << 32 }
  func bytes(_ range: Range<Int>) -> [UInt8] { Array(storage[range]) }

  /// Reads a part of a file whole.
  static func bytes(of file: OpenFile, at offset: Int, count: Int) throws(IngestError) -> [UInt8] {
    guard offset >= 0, count >= 0, count <= 1 << 30 else {
      throw ZipDirectory.failure(.corrupt, "the zip archive's directory is damaged", file)
    }
    let bytes = try [UInt8](capacity: count) { (room) throws(IngestError) in
      try file.fill(&room, from: offset)
    }
    guard bytes.count == count else {
      throw ZipDirectory.failure(.truncated, "the zip archive ends too early", file)
    }
    return bytes
  }
}
