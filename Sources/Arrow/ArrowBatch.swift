internal import Parquet

/// The record batch of a message, whose buffers are taken one after the other as its fields want
/// them.
struct ArrowBatch {
  /// How many rows it has.
  let rowCount: Int
  private let input: any ArrowInput
  private let body: Range<Int>
  /// For each field and its members how many values it has, and how many of them are null.
  private let nodes: [Int64]
  /// For each buffer where it is in the body and its length.
  private let buffers: [Int64]
  /// For each field of views how many buffers they lead to.
  private let viewBuffers: [Int64]
  private let compression: ArrowCompression?
  private let order: ArrowBuffer.Order
  private let whole: ArrowBuffer.Allowance
  /// Whether unions have a buffer of their nulls, as they had up to version 4 of the format.
  private let unionsHaveNulls: Bool
  private var nextNode = 0
  private var nextBuffer = 0
  private var nextView = 0

  /// - Parameters:
  ///   - table: The batch's metadata.
  ///   - body: Where its bytes are in the file.
  ///   - order: How its rows are visited.
  ///   - whole: What compressed buffers may take that are in memory whole.
  init(
    _ table: FlatTable, body: Range<Int>, of input: any ArrowInput, order: ArrowBuffer.Order,
    whole: ArrowBuffer.Allowance, unionsHaveNulls: Bool
  ) throws(ParquetError) {
    guard let rowCount = Int(exactly: try table.number(0, as: Int64.self) ?? 0), rowCount >= 0
    else { throw .damaged("a batch has a negative number of rows") }
    self.rowCount = rowCount
    self.input = input
    self.body = body
    self.order = order
    self.whole = whole
    self.unionsHaveNulls = unionsHaveNulls
    nodes = try table.numbers(1, perElement: 2)
    buffers = try table.numbers(2, perElement: 2)
    viewBuffers = try table.numbers(4)
    guard let table = try table.table(3) else {
      compression = nil
      return
    }
    let codec = try table.number(0, as: Int8.self) ?? 0
    compression = ArrowCompression(rawValue: codec)
    guard compression != nil, try table.number(1, as: Int8.self) ?? 0 == 0 else {
      throw .unsupported("the compression \(codec)")
    }
  }

  /// The next field's values.
  ///
  /// - Parameter dictionaries: The dictionaries by their numbers.
  mutating func column(
    _ field: ArrowField, _ dictionaries: [Int64: ArrowDictionary]
  ) throws(ParquetError) -> ArrowColumn {
    guard let dictionary = field.dictionary else { return try values(field, dictionaries) }
    let (count, validity) = try begin()
    guard let known = dictionaries[dictionary.number] else {
      throw .damaged("a column has no dictionary")
    }
    return ArrowColumn(
      field.type, count: count, validity: validity,
      .dictionary(places: try buffer(), dictionary.indexType, known))
  }

  /// The next field's values themselves, also where places in a dictionary stand for them.
  mutating func values(
    _ field: ArrowField, _ dictionaries: [Int64: ArrowDictionary]
  ) throws(ParquetError) -> ArrowColumn {
    switch field.type {
    case .null, .other:
      return ArrowColumn(field.type, count: try skip(field, asValues: true), validity: nil, .none)
    default: break
    }
    let (count, validity) = try begin()
    let values: ArrowColumn.Values
    switch field.type {
    case .boolean: values = .bits(try buffer())
    case .integer, .scaled, .divided, .number, .fixedBytes: values = .fixed(try buffer())
    case .bytes(let isLarge):
      values = .texts(places: try buffer(), isLarge: isLarge, try buffer())
    case .views:
      let views = try buffer()
      guard nextView < viewBuffers.count, viewBuffers[nextView] >= 0,
        viewBuffers[nextView] <= buffers.count / 2 - nextBuffer
      else { throw .damaged("a batch lacks buffers") }
      var data: [ArrowBuffer] = []
      // Views may lead anywhere.
      for _ in 0..<viewBuffers[nextView] { data.append(try buffer(.any)) }
      nextView += 1
      values = .views(views, data)
    case .list(let isLarge):
      let places = try buffer()
      values = .list(
        places: places, isLarge: isLarge, try column(field.children[0], dictionaries))
    case .fixedList(let size):
      values = .fixedList(count: size, try column(field.children[0], dictionaries))
    case .structure:
      var members: [ArrowColumn] = []
      for child in field.children { members.append(try column(child, dictionaries)) }
      values = .structure(members)
    case .null, .other: values = .none
    }
    return ArrowColumn(field.type, count: count, validity: validity, values)
  }

  /// Passes the next field.
  ///
  /// - Parameter asValues: Whether its values themselves are there, whatever stands for them.
  /// - Returns: How many values it has.
  mutating func skip(_ field: ArrowField, asValues: Bool = false) throws(ParquetError) -> Int {
    let count = try node().count
    if field.dictionary != nil, !asValues {
      nextBuffer += 2
      return count
    }
    switch field.type {
    case .null: return count
    case .boolean, .integer, .scaled, .divided, .number, .fixedBytes: nextBuffer += 2
    case .bytes: nextBuffer += 3
    case .views:
      guard nextView < viewBuffers.count, viewBuffers[nextView] >= 0,
        viewBuffers[nextView] <= buffers.count
      else { throw .damaged("a batch lacks buffers") }
      nextBuffer += 2 + Int(viewBuffers[nextView])
      nextView += 1
    case .list: nextBuffer += 2
    case .fixedList, .structure: nextBuffer += 1
    case .other(let count, let isUnion): nextBuffer += count + (isUnion && unionsHaveNulls ? 1 : 0)
    }
    for child in field.children { _ = try skip(child) }
    return count
  }

  // MARK: Nodes and buffers

  private mutating func node() throws(ParquetError) -> (count: Int, hasNulls: Bool) {
    guard nextNode + 1 < nodes.count, nodes[nextNode] >= 0 else {
      throw .damaged("a batch lacks columns")
    }
    defer { nextNode += 2 }
    return (Int(nodes[nextNode]), nodes[nextNode + 1] != 0)
  }

  /// The next node, and the buffer that tells its nulls.
  private mutating func begin() throws(ParquetError) -> (count: Int, validity: ArrowBuffer?) {
    let (count, hasNulls) = try node()
    let validity = try buffer()
    guard hasNulls else { return (count, nil) }
    guard validity.count > 0 else { throw .damaged("a column does not tell its nulls") }
    return (count, validity)
  }

  private mutating func buffer(_ order: ArrowBuffer.Order? = nil) throws(ParquetError)
    -> ArrowBuffer
  {
    guard 2 * nextBuffer + 1 < buffers.count else { throw .damaged("a batch lacks buffers") }
    let (offset, count) = (buffers[2 * nextBuffer], buffers[2 * nextBuffer + 1])
    nextBuffer += 1
    guard offset >= 0, count >= 0, offset <= body.count, count <= Int64(body.count) - offset else {
      throw .damaged("a buffer is not in its batch")
    }
    let start = body.lowerBound + Int(offset)
    return try ArrowBuffer(
      input, start..<(start + Int(count)), compression: compression, order: order ?? self.order,
      whole: whole)
  }
}
