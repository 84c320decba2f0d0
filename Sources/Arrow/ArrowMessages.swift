internal import Bytes
internal import Parquet

/// The messages of a stream or file, one after the other: metadata and, behind it, a body.
struct ArrowMessages {
  enum Kind: UInt8 {
    case schema = 1
    case dictionary = 2
    case batch = 3
  }

  struct Message {
    var kind: Kind
    var header: FlatTable
    var metadataByteCount: Int
    /// Where its body is in the file.
    var body: Range<Int>
    /// Whether the message is of a version in which unions have a buffer of their nulls.
    var unionsHaveNulls: Bool
  }

  /// What a file, but not a stream, begins and ends with.
  static let magic = Array("ARROW1".utf8)
  /// Larger metadata is not believed.
  private static let metadataLimit = 64 << 20
  /// The number of the format's version 5.
  private static let version5: Int16 = 4

  private let input: any ArrowInput
  /// Where the next message begins.
  private(set) var position = 0
  /// Where the last message's body is.
  private(set) var lastBody = 0..<0
  private var isAtEnd = false
  private var memory: [UInt8] = []

  init(_ input: any ArrowInput) throws(ParquetError) {
    self.input = input
    guard input.byteCount >= 8 else { throw .damaged("the file is too short") }
    try input.read(0..<8, into: &memory)
    guard memory.starts(with: Self.magic) else { return }
    position = 8
    try input.read((input.byteCount - Self.magic.count)..<input.byteCount, into: &memory)
    guard memory == Self.magic else {
      throw .damaged("the file does not end as Arrow does: it was cut off or is not complete")
    }
  }

  /// The next message; nil behind the mark at the end.
  mutating func next() throws(ParquetError) -> Message? {
    guard !isAtEnd else { return nil }
    guard position <= input.byteCount - 8 else {
      throw .damaged("the stream ends without its mark: it was cut off or is not complete")
    }
    try input.read(position..<(position + 8), into: &memory)
    guard memory.span.littleEndian(UInt32.self, at: 0) == .max else {
      throw .damaged("a message lacks its mark, or is of a version before 0.15 of Arrow")
    }
    let count = Int(memory.span.littleEndian(Int32.self, at: 4))
    position += 8
    if count == 0 {
      isAtEnd = true
      lastBody = 0..<0
      return nil
    }
    guard count > 0, count <= input.byteCount - position else {
      throw .damaged("a message is larger than the file")
    }
    guard count <= Self.metadataLimit else {
      throw ParquetError(.tooLarge, "the metadata takes \(count) bytes")
    }
    var metadata: [UInt8] = []
    try input.read(position..<(position + count), into: &metadata)
    let message = try FlatTable(root: metadata)
    position += count
    let body = Int(try message.number(3, as: Int64.self) ?? 0)
    guard body >= 0, body <= input.byteCount - position else {
      throw .damaged("a message is larger than the file")
    }
    lastBody = position..<(position + body)
    position += body
    guard let kind = Kind(rawValue: try message.number(1, as: UInt8.self) ?? 0) else {
      throw .unsupported("a message that is neither schema nor rows")
    }
    guard let header = try message.table(2) else { throw .damaged("a message is empty") }
    return Message(
      kind: kind, header: header, metadataByteCount: count, body: lastBody,
      unionsHaveNulls: try message.number(0, as: Int16.self) ?? 0 < Self.version5)
  }
}
