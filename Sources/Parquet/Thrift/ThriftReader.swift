/// Reads structures in Thrift's compact protocol from bytes that nobody vouches for.
///
/// Memory is bounded by a multiple of the bytes read, and nesting by ``maximumDepth``.
struct ThriftReader {
  private let bytes: ArraySlice<UInt8>
  /// How many bytes have been read.
  private(set) var position = 0

  /// Metadata is nested five deep.
  private static let maximumDepth = 16

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  /// Reads one structure.
  ///
  /// - Throws: ``ParquetError/Code/damaged`` where it is none or goes on behind the end.
  mutating func structure() throws(ParquetError) -> ThriftStructure {
    try structure(depth: 0)
  }

  private mutating func structure(depth: Int) throws(ParquetError) -> ThriftStructure {
    guard depth < Self.maximumDepth else { throw .damaged("the metadata is nested too deeply") }
    var result = ThriftStructure()
    var number: Int16 = 0
    while true {
      let header = try byte()
      if header == 0 { return result }
      if header >> 4 == 0 {
        guard let next = Int16(exactly: try integer()) else { throw Self.damaged }
        number = next
      } else {
        let (next, overflow) = number.addingReportingOverflow(Int16(header >> 4))
        guard !overflow else { throw Self.damaged }
        number = next
      }
      let value: ThriftValue =
        switch try kind(header) {
        case .yes: .bool(true)
        case .no: .bool(false)
        case let kind: try value(kind, depth: depth)
        }
      result.fields.append(ThriftStructure.Field(number: number, value: value))
    }
  }

  private mutating func value(
    _ kind: ThriftKind, depth: Int
  ) throws(ParquetError) -> ThriftValue {
    switch kind {
    case .yes, .no: .bool(try byte() == ThriftKind.yes.rawValue)
    case .byte: .integer(Int64(Int8(bitPattern: try byte())))
    case .int16, .int32, .int64: .integer(try integer())
    case .double:
      .double(Double(bitPattern: try take(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }))
    case .binary: .binary(Array(try take(try count())))
    case .list, .set: .list(try list(depth: depth))
    case .map: try map(depth: depth)
    case .structure: .structure(try structure(depth: depth + 1))
    }
  }

  private mutating func list(depth: Int) throws(ParquetError) -> [ThriftValue] {
    guard depth < Self.maximumDepth else { throw Self.damaged }
    let header = try byte()
    let count = header >> 4 == 15 ? try self.count() : Int(header >> 4)
    let kind = try kind(header)
    // Every element takes a byte at least.
    guard count <= bytes.count - position else { throw Self.damaged }
    var elements: [ThriftValue] = []
    elements.reserveCapacity(count)
    for _ in 0..<count { elements.append(try value(kind, depth: depth + 1)) }
    return elements
  }

  private mutating func map(depth: Int) throws(ParquetError) -> ThriftValue {
    let count = try count()
    guard count > 0 else { return .map }
    guard depth < Self.maximumDepth, count <= bytes.count - position else { throw Self.damaged }
    let kinds = try byte()
    let (key, value) = (try kind(kinds >> 4), try kind(kinds))
    for _ in 0..<count {
      _ = try self.value(key, depth: depth + 1)
      _ = try self.value(value, depth: depth + 1)
    }
    return .map
  }

  private func kind(_ header: UInt8) throws(ParquetError) -> ThriftKind {
    guard let kind = ThriftKind(rawValue: header & 0x0F) else { throw Self.damaged }
    return kind
  }

  // MARK: Bytes

  private mutating func byte() throws(ParquetError) -> UInt8 {
    guard position < bytes.count else { throw Self.truncated }
    defer { position += 1 }
    return bytes[bytes.startIndex + position]
  }

  private mutating func take(_ count: Int) throws(ParquetError) -> ArraySlice<UInt8> {
    guard count >= 0, count <= bytes.count - position else { throw Self.truncated }
    defer { position += count }
    return bytes.dropFirst(position).prefix(count)
  }

  private mutating func count() throws(ParquetError) -> Int {
    guard let count = Int32(exactly: try unsigned()) else { throw Self.damaged }
    return Int(count)
  }

  private mutating func integer() throws(ParquetError) -> Int64 {
    let zigzag = try unsigned()
    return Int64(bitPattern: zigzag >> 1) ^ -Int64(bitPattern: zigzag & 1)
  }

  private mutating func unsigned() throws(ParquetError) -> UInt64 {
    let bytes = bytes
    guard let number = Varint.read(bytes.span, &position) else { throw Self.damaged }
    return number
  }

  private static var damaged: ParquetError { .damaged("the metadata is not well formed") }
  private static var truncated: ParquetError { .damaged("the metadata ends too early") }
}
