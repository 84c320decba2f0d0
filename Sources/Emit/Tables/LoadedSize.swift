internal import Parquet
internal import Records

/// What the rows of a file come to in memory once `datasets` has loaded them: the bytes of Arrow's
/// buffers, which it calls `num_bytes`.
///
/// Offsets and lists take four bytes a value, and nulls a bit for every value of a column that has
/// some. Loaders read a file in pieces and round up for each, so for a large one it can be a few
/// bytes a column more.
///
/// `@unchecked Sendable`: one thread at a time counts, and hands it on.
struct LoadedSize: @unchecked Sendable {
  private let columns: [ColumnSize]
  private let copies: [Int: Int]
  /// Whether numbers have bits for nulls though there are none, as they come from Parquet.
  private let numbersHaveBits: Bool

  init(_ shape: TableShape, numbersHaveBits: Bool) {
    columns = shape.columns.map { ColumnSize($0.type) }
    copies = shape.copies
    self.numbersHaveBits = numbersHaveBits
  }

  /// Counts what a row has in its columns.
  func add(_ row: DatasetRow, own: Column.Side, _ shape: TableShape) {
    for (place, column) in shape.columns.enumerated() where copies[place] == nil {
      var sink = SizeSink(size: columns[place])
      row.write(column, own: own, to: &sink)
    }
  }

  /// Counts the rows that another one of the same shape has counted.
  func add(_ other: LoadedSize) {
    for (own, other) in zip(columns, other.columns) { own.add(other) }
  }

  var byteCount: Int {
    columns.indices.reduce(0) {
      $0 + columns[copies[$1] ?? $1].byteCount(numbersHaveBits: numbersHaveBits)
    }
  }
}

/// A column, or the elements or a member of one.
private final class ColumnSize {
  private let type: ColumnType
  let children: [ColumnSize]
  private var count = 0
  private var hasNulls = false
  private var textByteCount = 0

  init(_ type: ColumnType) {
    self.type = type
    children =
      switch type {
      case .list(let element): [ColumnSize(element)]
      case .structure(let fields): fields.map { ColumnSize($0.type) }
      case .boolean, .int32, .int64, .float, .double, .text: []
      }
  }

  func add(textByteCount: Int = 0) {
    count += 1
    self.textByteCount += textByteCount
  }

  func add(_ other: ColumnSize) {
    count += other.count
    textByteCount += other.textByteCount
    hasNulls = hasNulls || other.hasNulls
    for (own, other) in zip(children, other.children) { own.add(other) }
  }

  func addNull() {
    hasNulls = true
    addEmpty()
  }

  /// Members of a null take room, too.
  private func addEmpty() {
    count += 1
    if case .structure = type { for child in children { child.addEmpty() } }
  }

  func byteCount(numbersHaveBits: Bool) -> Int {
    let bits = (count + 7) / 8
    let inside = children.reduce(0) { $0 + $1.byteCount(numbersHaveBits: numbersHaveBits) }
    let own: (byteCount: Int, isNumber: Bool) =
      switch type {
      case .boolean: (bits, false)
      case .int32, .float: (4 * count, true)
      case .int64, .double: (8 * count, true)
      case .text: (4 * count + textByteCount, false)
      case .list: (4 * count, false)
      case .structure: (0, false)
      }
    return own.byteCount + inside + (hasNulls || own.isNumber && numbersHaveBits ? bits : 0)
  }
}

/// Counts the values of a column.
private struct SizeSink: ValueSink {
  let size: ColumnSize

  func null() { size.addNull() }

  func text(_ text: [UInt8]) { size.add(textByteCount: text.count) }

  func number(_ value: Double) { size.add() }

  func integer(_ value: Int) { size.add() }

  func bool(_ value: Bool) { size.add() }

  func message(_ role: StaticString, _ content: [UInt8], _ shape: MessageShape) {
    size.add()
    let roleMember = shape.dialect == .shareGPT ? 0 : 1
    size.children[roleMember].add(textByteCount: role.utf8CodeUnitCount)
    size.children[1 - roleMember].add(textByteCount: content.count)
  }

  func list(count: Int, _ element: (Int, inout SizeSink) -> Void) {
    size.add()
    for index in 0..<count {
      var sink = SizeSink(size: size.children[0])
      element(index, &sink)
    }
  }

  func structure(
    _ fields: [ColumnType.Field], _ member: (Int, inout SizeSink) -> Void
  ) {
    size.add()
    for index in fields.indices {
      var sink = SizeSink(size: size.children[index])
      member(index, &sink)
    }
  }
}
