internal import Parquet

/// The numbers of types in Schema.fbs.
enum ArrowTypeNumber: UInt8 {
  case null = 1
  case int, floatingPoint, binary, utf8, bool, decimal, date, time, timestamp, interval, list
  case structure, union, fixedSizeBinary, fixedSizeList, map, duration, largeBinary, largeUtf8
  case largeList, runEndEncoded, binaryView, utf8View, listView, largeListView
}

/// Reads what a field's values are and how they lie in buffers.
struct ArrowTypeReader {
  /// The type as Parquet has it, so that rows come out alike.
  enum Meaning {
    case leaf(PhysicalType, byteCount: Int, Annotation)
    case list
    case structure
    case unsupported(String)
  }

  let type: ArrowType
  let meaning: Meaning

  private static let millisecondsPerDay: Int64 = 86_400_000
  /// Longer values of a fixed length are not believed.
  private static let fixedLengthLimit = 1 << 20

  /// - Parameter table: The members of the type, which has its own for most kinds.
  init(
    _ kind: ArrowTypeNumber?, _ table: FlatTable?, childCount: Int, name: String
  ) throws(ParquetError) {
    func member<Number: FixedWidthInteger & BitwiseCopyable>(
      _ field: Int, or usual: Number
    ) throws(ParquetError) -> Number {
      guard let table else { return usual }
      return try table.number(field) ?? usual
    }
    func require(children count: Int) throws(ParquetError) {
      guard childCount == count else {
        throw ParquetError(.damaged, "\"\(name)\" has \(childCount) members, not \(count)")
      }
    }
    let int64 = ArrowType.integer(byteCount: 8, isSigned: true)
    switch kind {
    case .null:
      (type, meaning) = (.null, .leaf(.int32, byteCount: 0, .unknown))
    case .bool:
      (type, meaning) = (.boolean, .leaf(.boolean, byteCount: 0, .none))
    case .int:
      let bits = Int(try member(0, or: Int32(0)))
      let isSigned = try member(1, or: UInt8(0)) != 0
      guard [8, 16, 32, 64].contains(bits) else { throw Self.damaged(name) }
      type = .integer(byteCount: bits / 8, isSigned: isSigned)
      meaning = .leaf(.int64, byteCount: 0, .integer(bits: bits, isSigned: isSigned))
    case .floatingPoint:
      switch try member(0, or: Int16(0)) {
      case 0:
        type = .fixedBytes(byteCount: 2, isReversed: false)
        meaning = .leaf(.fixedLengthByteArray, byteCount: 2, .float16)
      case 1: (type, meaning) = (.number(byteCount: 4), .leaf(.float, byteCount: 0, .none))
      case 2: (type, meaning) = (.number(byteCount: 8), .leaf(.double, byteCount: 0, .none))
      default: throw Self.damaged(name)
      }
    case .decimal:
      let bits = Int(try member(2, or: Int32(128)))
      guard [32, 64, 128, 256].contains(bits) else { throw Self.damaged(name) }
      type = .fixedBytes(byteCount: bits / 8, isReversed: true)
      let scale = Int(try member(1, or: Int32(0)))
      meaning = .leaf(.fixedLengthByteArray, byteCount: bits / 8, .decimal(scale: scale))
    case .date:
      // Days, or as many milliseconds.
      type =
        try member(0, or: Int16(1)) == 0
        ? .integer(byteCount: 4, isSigned: true)
        : .divided(byteCount: 8, by: Self.millisecondsPerDay)
      meaning = .leaf(.int32, byteCount: 0, .date)
    case .time:
      let byteCount = Int(try member(1, or: Int32(32))) / 8
      guard byteCount == 4 || byteCount == 8 else { throw Self.damaged(name) }
      let (factor, unit) = try Self.unit(member(0, or: Int16(1)), name)
      type = .scaled(byteCount: byteCount, by: factor)
      meaning = .leaf(.int64, byteCount: 0, .time(unit))
    case .timestamp:
      let (factor, unit) = try Self.unit(member(0, or: Int16(0)), name)
      type = .scaled(byteCount: 8, by: factor)
      let zone = try table?.text(1) ?? ""
      meaning = .leaf(.int64, byteCount: 0, .timestamp(unit, isUTC: !zone.isEmpty))
    case .duration:
      // A number, as what pyarrow makes of it in Parquet.
      (type, meaning) = (int64, .leaf(.int64, byteCount: 0, .none))
    case .binary, .largeBinary:
      type = .bytes(isLarge: kind == .largeBinary)
      meaning = .leaf(.byteArray, byteCount: 0, .none)
    case .utf8, .largeUtf8:
      type = .bytes(isLarge: kind == .largeUtf8)
      meaning = .leaf(.byteArray, byteCount: 0, .string)
    case .binaryView: (type, meaning) = (.views, .leaf(.byteArray, byteCount: 0, .none))
    case .utf8View: (type, meaning) = (.views, .leaf(.byteArray, byteCount: 0, .string))
    case .fixedSizeBinary:
      let byteCount = Int(try member(0, or: Int32(0)))
      guard (0...Self.fixedLengthLimit).contains(byteCount) else { throw Self.damaged(name) }
      type = .fixedBytes(byteCount: byteCount, isReversed: false)
      meaning = .leaf(.fixedLengthByteArray, byteCount: byteCount, .none)
    case .list, .largeList:
      try require(children: 1)
      (type, meaning) = (.list(isLarge: kind == .largeList), .list)
    case .fixedSizeList:
      try require(children: 1)
      let count = Int(try member(0, or: Int32(0)))
      guard count >= 0 else { throw Self.damaged(name) }
      (type, meaning) = (.fixedList(count: count), .list)
    case .structure: (type, meaning) = (.structure, .structure)
    case .map: (type, meaning) = (.other(bufferCount: 2), .unsupported("the type MAP"))
    case .interval: (type, meaning) = (.other(bufferCount: 2), .unsupported("the type INTERVAL"))
    case .union:
      let isDense = try member(0, or: Int16(0)) == 1
      (type, meaning) = (
        .other(bufferCount: isDense ? 2 : 1, isUnion: true), .unsupported("the type UNION")
      )
    case .runEndEncoded:
      (type, meaning) = (.other(bufferCount: 0), .unsupported("the type RUN_END_ENCODED"))
    case .listView, .largeListView:
      (type, meaning) = (.other(bufferCount: 3), .unsupported("the type LIST_VIEW"))
    case nil:
      throw ParquetError(.unsupported, "the type of the column \"\(name)\"")
    }
  }

  /// Seconds are counted in milliseconds, as Parquet has none.
  private static func unit(
    _ number: Int16, _ name: String
  ) throws(ParquetError) -> (factor: Int64, unit: TimeUnit) {
    switch number {
    case 0: (1000, .milliseconds)
    case 1: (1, .milliseconds)
    case 2: (1, .microseconds)
    case 3: (1, .nanoseconds)
    default: throw damaged(name)
    }
  }

  private static func damaged(_ name: String) -> ParquetError {
    ParquetError(.damaged, "the type of \"\(name)\" contradicts itself")
  }
}
