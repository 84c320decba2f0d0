package import JSON
package import Parquet

/// The rows of an Arrow file or stream as JSON, an object a line, as ``ParquetRows`` gives them.
///
/// A file is a stream between marks, with an index behind it that is not needed. Only the columns
/// that are wanted are read, a part of each at a time; every size and reference is checked before
/// it is followed, so damage is an error.
package final class ArrowRows {
  /// The columns of the file, whether they are wanted or not.
  private let fields: [ArrowField]
  private let input: any ArrowInput
  private let shape: RowShape
  private var messages: ArrowMessages
  /// The dictionaries by their numbers, and the fields whose values they hold.
  private var dictionaries: [Int64: ArrowDictionary] = [:]
  private var dictionaryFields: [Int64: ArrowField] = [:]
  /// The wanted columns of the batch that is being read.
  private var columns: [ArrowColumn?] = []
  private var rowCount = 0
  private var row = 0
  private let whole = ArrowBuffer.Allowance()

  /// What files begin with.
  package static let magic = ArrowMessages.magic

  /// Reads the schema.
  ///
  /// - Parameter wanted: The columns to read; nil for all, each of them welcome.
  package init(_ input: any ArrowInput, columns wanted: WantedColumns?) throws(ParquetError) {
    self.input = input
    messages = try ArrowMessages(input)
    fields = try Self.schema(&messages)
    shape = try RowShape(fields.map(\.node), wanted: wanted)
    for field in fields { addDictionaries(of: field) }
  }

  /// The columns of a file or stream.
  package static func columns(of input: any ArrowInput) throws(ParquetError) -> [ParquetColumn] {
    var messages = try ArrowMessages(input)
    return try schema(&messages).map { ParquetColumn($0.node) }
  }

  private static func schema(
    _ messages: inout ArrowMessages
  ) throws(ParquetError) -> [ArrowField] {
    guard let message = try messages.next(), message.kind == .schema else {
      throw .damaged("there is no schema at the beginning")
    }
    return try ArrowField.fields(of: message.header, byteCount: message.metadataByteCount)
  }

  private func addDictionaries(of field: ArrowField) {
    if let number = field.dictionary?.number, dictionaryFields[number] == nil {
      dictionaryFields[number] = field
      dictionaries[number] = ArrowDictionary()
    }
    for child in field.children { addDictionaries(of: child) }
  }

  /// How far the reading has come, as a share of the bytes.
  package var progress: Double {
    guard input.byteCount > 0, messages.position > 0 else { return 0 }
    let within = rowCount > 0 ? Double(row) / Double(rowCount) : 1
    let body = Double(messages.lastBody.count)
    return (Double(messages.position) - body * (1 - within)) / Double(input.byteCount)
  }

  /// Appends the next row with a line break; false at the end.
  package func next(into output: inout JSONText) throws(ParquetError) -> Bool {
    while row == rowCount {
      guard let message = try messages.next() else { return false }
      try begin(message)
    }
    let limit = ArrowColumn.limit(from: output.count)
    try shape.append(to: &output) { (node, place, output) throws(ParquetError) in
      guard let column = columns[place] else { return output.append("null") }
      try column.write(row, as: node, to: &output, upTo: limit)
    }
    row += 1
    return true
  }

  // MARK: Messages

  private func begin(_ message: ArrowMessages.Message) throws(ParquetError) {
    switch message.kind {
    case .schema: throw .damaged("there is a second schema")
    case .dictionary: try read(dictionary: message)
    case .batch:
      var batch = try ArrowBatch(
        message.header, body: message.body, of: input, order: .ascending, whole: whole,
        unionsHaveNulls: message.unionsHaveNulls)
      var read: [ArrowColumn?] = []
      var wanted = shape.places[...]
      for (place, field) in fields.enumerated() {
        guard wanted.first == place else {
          _ = try batch.skip(field)
          continue
        }
        wanted.removeFirst()
        do throws(ParquetError) {
          let isRead = !shape.columns[read.count].isPlaceholder
          let column = isRead ? try batch.column(field, dictionaries) : nil
          let count = if let column { column.count } else { try batch.skip(field) }
          guard count == batch.rowCount else {
            throw .damaged("the column has another number of rows than its batch")
          }
          read.append(column)
        } catch {
          throw error.of(column: field.name)
        }
      }
      (columns, rowCount, row) = (read, batch.rowCount, 0)
    }
  }

  private func read(dictionary message: ArrowMessages.Message) throws(ParquetError) {
    let number = try message.header.number(0, as: Int64.self) ?? 0
    guard let field = dictionaryFields[number], let dictionary = dictionaries[number],
      let table = try message.header.table(1)
    else { throw .damaged("a dictionary belongs to no column") }
    var batch = try ArrowBatch(
      table, body: message.body, of: input, order: .any, whole: whole,
      unionsHaveNulls: message.unionsHaveNulls)
    let isMore = try message.header.number(2, as: UInt8.self) ?? 0 != 0
    if !isMore { dictionary.removeAll() }
    try dictionary.append(batch.values(field, dictionaries))
  }
}
