internal import Bytes
internal import Parquet

/// A table of FlatBuffers, the format of Arrow's metadata, read where it stands.
///
/// Every offset is checked before it is followed, so that damaged metadata ends in an error. A
/// table holds, for each of its fields, where it is; what is not there has a default.
struct FlatTable {
  private let bytes: [UInt8]
  private let start: Int
  /// Where the places of the fields stand, and how many there are.
  private let index: Int
  private let fieldCount: Int

  /// The root of a buffer.
  init(root bytes: [UInt8]) throws(ParquetError) {
    try self.init(bytes, at: Self.target(of: 0, in: bytes))
  }

  private init(_ bytes: [UInt8], at start: Int) throws(ParquetError) {
    self.bytes = bytes
    self.start = start
    let distance = Int(try Self.number(Int32.self, at: start, in: bytes))
    index = start - distance
    let byteCount = Int(try Self.number(UInt16.self, at: index, in: bytes))
    guard byteCount >= 4 else { throw Self.damaged }
    fieldCount = byteCount / 2 - 2
  }

  // MARK: Fields

  /// A number; nil where the field is not there.
  func number<Number: FixedWidthInteger & BitwiseCopyable>(
    _ field: Int, as type: Number.Type = Number.self
  ) throws(ParquetError) -> Number? {
    guard let place = try place(of: field) else { return nil }
    return try Self.number(type, at: place, in: bytes)
  }

  func text(_ field: Int) throws(ParquetError) -> String? {
    guard let (first, count) = try vector(field, elementByteCount: 1) else { return nil }
    return String(decoding: bytes[first..<(first + count)], as: UTF8.self)
  }

  func table(_ field: Int) throws(ParquetError) -> FlatTable? {
    guard let place = try place(of: field) else { return nil }
    return try FlatTable(bytes, at: Self.target(of: place, in: bytes))
  }

  /// How many tables a vector has.
  func tableCount(_ field: Int) throws(ParquetError) -> Int {
    try vector(field, elementByteCount: 4)?.count ?? 0
  }

  /// A table of a vector.
  func table(_ field: Int, element: Int) throws(ParquetError) -> FlatTable {
    guard let (first, count) = try vector(field, elementByteCount: 4), element < count else {
      throw Self.damaged
    }
    return try FlatTable(bytes, at: Self.target(of: first + 4 * element, in: bytes))
  }

  /// The whole numbers of 64 bits of a vector, or of a vector of structures of them.
  func numbers(_ field: Int, perElement width: Int = 1) throws(ParquetError) -> [Int64] {
    guard let (first, count) = try vector(field, elementByteCount: 8 * width) else { return [] }
    var numbers: [Int64] = []
    numbers.reserveCapacity(count * width)
    for element in 0..<(count * width) {
      numbers.append(try Self.number(Int64.self, at: first + 8 * element, in: bytes))
    }
    return numbers
  }

  // MARK: Places

  /// Where a field is; nil for one that is not there.
  private func place(of field: Int) throws(ParquetError) -> Int? {
    guard field < fieldCount else { return nil }
    let offset = try Self.number(UInt16.self, at: index + 4 + 2 * field, in: bytes)
    return offset == 0 ? nil : start + Int(offset)
  }

  /// Where the elements of a vector begin and how many there are, all of them in the buffer.
  private func vector(
    _ field: Int, elementByteCount: Int
  ) throws(ParquetError) -> (first: Int, count: Int)? {
    guard let place = try place(of: field) else { return nil }
    let start = try Self.target(of: place, in: bytes)
    let count = Int(try Self.number(UInt32.self, at: start, in: bytes))
    guard count <= (bytes.count - start - 4) / elementByteCount else { throw Self.damaged }
    return (start + 4, count)
  }

  /// Where an offset leads.
  private static func target(of place: Int, in bytes: [UInt8]) throws(ParquetError) -> Int {
    place + Int(try number(UInt32.self, at: place, in: bytes))
  }

  private static func number<Number: FixedWidthInteger & BitwiseCopyable>(
    _ type: Number.Type, at place: Int, in bytes: [UInt8]
  ) throws(ParquetError) -> Number {
    guard place >= 0, place <= bytes.count - MemoryLayout<Number>.size else { throw damaged }
    return bytes.span.littleEndian(type, at: place)
  }

  private static let damaged = ParquetError(
    .damaged, "the metadata points behind its own end")
}
