/// Reads structures in Thrift's compact protocol from untrusted bytes.
///
/// Memory is bounded by ``valueLimit``, and nesting by ``maximumDepth``.
struct ThriftReader {
  private let bytes: ArraySlice<UInt8>
  /// How many bytes have been read.
  private(set) var position = 0

  /// Metadata is nested five deep.
  private static let maximumDepth = 16
  /// More values than this are not believed: 30 columns in 10,000 row groups have fewer.
  private static let valueLimit = 4_000_000
  private var valueCount = 0

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  /// Reads one structure.
  ///
  /// - Throws: ``ParquetError/Code/damaged`` where it is none or goes on behind the end.
  mutating func structure(
    _ shape: ThriftShape = .everything
  ) throws(ParquetError) -> ThriftStructure {
    try structure(depth: 0, shape)
  }

  private mutating func structure(
    depth: Int, _ shape: ThriftShape
  ) throws(ParquetError) -> ThriftStructure {
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
      let kind = try kind(header)
      guard let wanted = shape[number] else {
        if kind != .yes, kind != .no { try skip(kind, depth: depth) }
        continue
      }
      let value: ThriftValue =
        switch kind {
        case .yes: .bool(true)
        case .no: .bool(false)
        case let kind: try value(kind, depth: depth, wanted)
        }
      result.fields.append(ThriftStructure.Field(number: number, value: value))
    }
  }

  private mutating func value(
    _ kind: ThriftKind, depth: Int, _ shape: ThriftShape
  ) throws(ParquetError) -> ThriftValue {
    valueCount += 1
    guard valueCount <= Self.valueLimit else {
      throw ParquetError(.tooLarge, "the metadata holds more than \(Self.valueLimit) values")
    }
    return switch kind {
    case .yes, .no: .bool(try byte() == ThriftKind.yes.rawValue)
    case .byte: .integer(Int64(Int8(bitPattern: try byte())))
    case .int16, .int32, .int64: .integer(try integer())
    case .double:
      .double(Double(bitPattern: try take(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }))
    case .binary: .binary(Array(try take(try count())))
    case .list, .set: .list(try list(depth: depth, shape))
    case .map: try map(depth: depth)
    case .structure: .structure(try structure(depth: depth + 1, shape))
    }
  }

  private mutating func list(
    depth: Int, _ shape: ThriftShape
  ) throws(ParquetError) -> [ThriftValue] {
    let (count, kind) = try listHeader(depth: depth)
    var elements: [ThriftValue] = []
    elements.reserveCapacity(min(count, Self.valueLimit - valueCount))
    for _ in 0..<count { elements.append(try value(kind, depth: depth + 1, shape)) }
    return elements
  }

  private mutating func listHeader(
    depth: Int
  ) throws(ParquetError) -> (count: Int, kind: ThriftKind) {
    guard depth < Self.maximumDepth else { throw Self.damaged }
    let header = try byte()
    let count = header >> 4 == 15 ? try self.count() : Int(header >> 4)
    let kind = try kind(header)
    // Every element takes a byte at least.
    guard count <= bytes.count - position else { throw Self.damaged }
    return (count, kind)
  }

  private mutating func map(depth: Int) throws(ParquetError) -> ThriftValue {
    try skip(.map, depth: depth)
    return .map
  }

  /// Passes over a value that is not wanted.
  private mutating func skip(_ kind: ThriftKind, depth: Int) throws(ParquetError) {
    guard depth < Self.maximumDepth else { throw Self.damaged }
    switch kind {
    case .yes, .no, .byte: _ = try byte()
    case .int16, .int32, .int64: _ = try unsigned()
    case .double: _ = try take(8)
    case .binary: _ = try take(try count())
    case .list, .set:
      let (count, kind) = try listHeader(depth: depth)
      for _ in 0..<count { try skip(kind, depth: depth + 1) }
    case .map:
      let count = try count()
      guard count > 0 else { return }
      guard count <= bytes.count - position else { throw Self.damaged }
      let kinds = try byte()
      let (key, value) = (try self.kind(kinds >> 4), try self.kind(kinds))
      for _ in 0..<count {
        try skip(key, depth: depth + 1)
        try skip(value, depth: depth + 1)
      }
    case .structure:
      while true {
        let header = try byte()
        if header == 0 { return }
        if header >> 4 == 0 { _ = try unsigned() }
        let kind = try self.kind(header)
        if kind != .yes, kind != .no { try skip(kind, depth: depth + 1) }
      }
    }
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
