internal import Bytes

/// What bytes are, judged by how they begin and never by a name.
enum ContentFormat {
  case plain
  case compressed(InputCompression)
  case tar
  case zip
  case parquet
  /// A file or stream of Arrow.
  case arrow
  /// A format that is known but not read, with what to do instead.
  case unsupported(name: String, hint: String)

  /// How many bytes a judgement needs.
  static let prefixCount = 1024

  /// Judges the beginning of a file or archive member.
  init(prefix: Span<UInt8>) {
    let bytes = prefix.extracting(Magic.endOfSkippableFrames(prefix)..<prefix.count)
    if bytes.holds(Magic.gzip) {
      self = .compressed(.gzip)
    } else if bytes.holds(Magic.zstd) {
      self = .compressed(.zstd)
    } else if bytes.holds(Magic.xz) {
      self = .compressed(.xz)
    } else if Magic.beginsBZip2(bytes) {
      self = .compressed(.bzip2)
    } else if bytes.holds(Magic.lz4) {
      self = .compressed(.lz4)
    } else if Magic.beginsSkippableFrame(prefix) {
      // Nothing but skippable frames in sight: zstd and lz4 share them, zstd uses them more.
      self = .compressed(.zstd)
    } else if Magic.zip.contains(where: { prefix.holds($0) }) {
      self = .zip
    } else if prefix.holds(Magic.parquet) {
      self = .parquet
    } else if Magic.beginsArrow(prefix) {
      self = .arrow
    } else if TarHeader.isTar(prefix) {
      self = .tar
    } else if let known = Magic.unsupported.first(where: { prefix.holds($0.magic) }) {
      self = .unsupported(name: known.name, hint: known.hint)
    } else {
      self = .plain
    }
  }
}

/// The bytes that formats begin with.
enum Magic {
  // The third byte is the method; deflate is the only one there is.
  static let gzip: [UInt8] = [0x1F, 0x8B]
  static let zstd: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]
  static let xz: [UInt8] = [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]
  static let parquet = Array("PAR1".utf8)
  static let arrow = Array("ARROW1".utf8)
  static let lz4: [UInt8] = [0x04, 0x22, 0x4D, 0x18]
  /// A member, or the directory of an archive without members.
  static let zip: [[UInt8]] = [[0x50, 0x4B, 3, 4], [0x50, 0x4B, 5, 6]]

  /// Whether bytes begin a file of Arrow, or a stream: a mark, which no text of UTF-8 begins with,
  /// and the length of the metadata, a multiple of eight.
  static func beginsArrow(_ bytes: Span<UInt8>) -> Bool {
    if bytes.holds(arrow) { return true }
    guard bytes.count >= 8, bytes.littleEndian(UInt32.self, at: 0) == .max else { return false }
    let length = bytes.littleEndian(UInt32.self, at: 4)
    return length > 0 && length < 1 << 26 && length.isMultiple(of: 8)
  }

  /// `BZh`, the block size in hundred kilobytes, and how a block or the stream's end begins.
  static func beginsBZip2(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count >= 5, bytes.holds(Array("BZh".utf8)) else { return false }
    let digits = UInt8(ascii: "1")...UInt8(ascii: "9")
    return digits.contains(bytes[3]) && (bytes[4] == 0x31 || bytes[4] == 0x17)
  }

  /// Whether bytes begin a frame that zstd and lz4 decoders pass without output.
  static func beginsSkippableFrame(_ bytes: Span<UInt8>) -> Bool {
    bytes.count >= 4 && bytes[0] & 0xF0 == 0x50 && bytes[1] == 0x2A && bytes[2] == 0x4D
      && bytes[3] == 0x18
  }

  /// Where the skippable frames at the beginning end, as far as it is in sight.
  static func endOfSkippableFrames(_ bytes: Span<UInt8>) -> Int {
    var end = 0
    while bytes.count - end >= 8, beginsSkippableFrame(bytes.extracting(end..<bytes.count)) {
      let count = 8 + Int(bytes.littleEndian(UInt32.self, at: end + 4))
      guard count < bytes.count - end else { break }
      end += count
    }
    return end
  }

  private static let convert = "convert it to JSON Lines first"
  private static let unpack = "unpack it first and give the files in it"

  /// Formats that are often met where JSON Lines are expected.
  static let unsupported: [(magic: [UInt8], name: String, hint: String)] = [
    (Array("FEA1".utf8), "a Feather file of the first version", convert),
    (Array("Obj\u{1}".utf8), "an Avro file", convert),
    (Array("SQLite format 3".utf8), "an SQLite database", convert),
    ([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A], "an HDF5 file", convert),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7z archive", unpack),
    (Array("Rar!".utf8), "a RAR archive", unpack),
    (Array("LZIP".utf8), "an lzip file", "decompress it first with `lzip -d`"),
    (
      [0x5D, 0x00, 0x00], "an LZMA file of the kind before xz", "decompress it first with `unlzma`"
    ),
    (
      [0x02, 0x21, 0x4C, 0x18], "an LZ4 file of the legacy kind",
      "decompress it first with `lz4 -d`"
    ),
    ([0x1F, 0x9D], "a file of the old `compress`", "decompress it first with `uncompress`"),
    (
      Array("version https://git-lfs.".utf8), "a Git LFS pointer, not the data",
      "fetch the data with `git lfs pull`"
    ),
    (Array("<!DOCTYPE html".utf8), "a web page", "the download went wrong; look at the file"),
    (Array("<!doctype html".utf8), "a web page", "the download went wrong; look at the file"),
    (Array("<html".utf8), "a web page", "the download went wrong; look at the file"),
  ]
}
