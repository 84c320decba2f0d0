internal import Bytes

/// One 512-byte header of a tar archive: v7, ustar (POSIX.1-1988), GNU or pax (POSIX.1-2001).
struct TarHeader {
  static let blockCount = 512
  /// Stands in headers of the newer kinds, which keep their place for it.
  private static let mark = Array("ustar".utf8)
  /// An exabyte; beyond it the arithmetic on sizes could overflow.
  static let possibleSizes = 0...(1 << 60)

  /// What stands behind a header.
  enum Kind {
    case file
    /// Folders, links and devices have nothing to read.
    case other
    /// A name too long for the header, GNU style.
    case longName
    /// Text that belongs to a long link target and is of no interest.
    case longLink
    /// pax records for the next member.
    case extendedRecords
    /// pax records for all members from here on.
    case globalRecords
    /// Content that does not stand there as one piece.
    case scattered
  }

  let name: String
  let size: Int
  let kind: Kind

  /// Reads a header; nil if its checksum or size is wrong.
  init?(_ block: Span<UInt8>) {
    guard block.count >= Self.blockCount, Self.hasRightChecksum(block),
      let size = Self.number(block.extracting(124..<136)),
      Self.possibleSizes.contains(size)
    else {
      return nil
    }
    let kind: Kind =
      switch block[156] {
      case 0, UInt8(ascii: "0"), UInt8(ascii: "7"): .file
      case UInt8(ascii: "L"): .longName
      case UInt8(ascii: "K"): .longLink
      case UInt8(ascii: "x"): .extendedRecords
      case UInt8(ascii: "g"): .globalRecords
      case UInt8(ascii: "S"), UInt8(ascii: "M"): .scattered
      default: .other
      }
    var name = Self.text(block.extracting(0..<100))
    // GNU headers (`ustar` and two blanks) keep other things where ustar has the prefix.
    if block.holds(Self.mark + [0], at: 257), block[345] != 0 {
      name = Self.text(block.extracting(345..<500)) + "/" + name
    }
    self.name = name
    self.kind = kind == .file && name.hasSuffix("/") ? .other : kind
    // Links (1, 2), devices (3, 4), folders (5) and pipes (6) have a size but no content.
    let isBare = kind == .other && (UInt8(ascii: "1")...UInt8(ascii: "6")).contains(block[156])
    self.size = isBare ? 0 : size
  }

  /// Whether bytes are a tar archive: the mark of the newer kinds, or a right checksum.
  static func isTar(_ prefix: Span<UInt8>) -> Bool {
    prefix.holds(mark, at: 257)
      || prefix.count >= blockCount && hasRightChecksum(prefix.extracting(0..<blockCount))
  }

  /// The checksum is the sum of the header's bytes, its own eight counted as blanks; some old
  /// programs summed the bytes as signed.
  private static func hasRightChecksum(_ block: Span<UInt8>) -> Bool {
    guard let expected = number(block.extracting(148..<156)), expected > 0 else { return false }
    var sum = 8 * 0x20
    var signedSum = 8 * 0x20
    for index in 0..<blockCount where !(148..<156).contains(index) {
      sum += Int(block[index])
      signedSum += Int(Int8(bitPattern: block[index]))
    }
    return expected == sum || expected == signedSum
  }

  /// Octal digits between blanks or NULs, or, if the first bit is set, a big-endian number (GNU).
  private static func number(_ field: Span<UInt8>) -> Int? {
    let field = Array(copying: field)
    guard let first = field.first else { return nil }
    if first & 0x80 != 0 {
      var value = Int(first & 0x7F)
      for byte in field.dropFirst() {
        let (shifted, overflow) = value.multipliedReportingOverflow(by: 256)
        guard !overflow else { return nil }
        value = shifted | Int(byte)
      }
      return value
    }
    let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0 && $0 != 0x20 }
    var value = 0
    for byte in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(byte) else { return nil }
      value = value << 3 | Int(byte & 7)
    }
    return value
  }

  private static func text(_ field: Span<UInt8>) -> String {
    String(decoding: field.extracting(0..<(field.firstIndex(of: 0) ?? field.count)))
  }
}

/// The records of a pax header: `LENGTH KEY=VALUE\n`, the length in bytes of the whole record.
struct PaxRecords {
  private(set) var path: String?
  private(set) var size: Int?
  private(set) var isSparse = false

  /// Reads records; nil if their lengths do not fit.
  init?(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let blank = rest.firstIndex(of: UInt8(ascii: " ")),
        let count = Int(String(decoding: rest[..<blank], as: UTF8.self)),
        count > blank - rest.startIndex + 1, count <= rest.count
      else { return nil }
      let end = rest.startIndex + count
      let record = rest[(blank + 1)..<end]
      guard record.last == UInt8(ascii: "\n"), let sign = record.firstIndex(of: UInt8(ascii: "="))
      else { return nil }
      let key = String(decoding: record[..<sign], as: UTF8.self)
      let value = String(decoding: record[(sign + 1)...].dropLast(), as: UTF8.self)
      switch key {
      case "path": path = value
      case "size":
        guard let number = Int(value), TarHeader.possibleSizes.contains(number) else { return nil }
        size = number
      default: isSparse = isSparse || key.hasPrefix("GNU.sparse.")
      }
      rest = rest[end...]
    }
  }
}
