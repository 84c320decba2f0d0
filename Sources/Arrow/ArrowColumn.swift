internal import Bytes
internal import JSON
internal import Parquet

/// A column of a batch, or a member or the elements of one: what of it is where.
final class ArrowColumn {
  /// How the values are stored.
  enum Values {
    case none
    case bits(ArrowBuffer)
    case fixed(ArrowBuffer)
    /// Where texts begin and end, and their bytes.
    case texts(places: ArrowBuffer, isLarge: Bool, ArrowBuffer)
    case views(ArrowBuffer, [ArrowBuffer])
    case list(places: ArrowBuffer, isLarge: Bool, ArrowColumn)
    case fixedList(count: Int, ArrowColumn)
    case structure([ArrowColumn])
    case dictionary(places: ArrowBuffer, ArrowType, ArrowDictionary)
  }

  let type: ArrowType
  let count: Int
  /// A bit for each value that says whether it is there; nil where all are.
  private let validity: ArrowBuffer?
  private let values: Values

  init(_ type: ArrowType, count: Int, validity: ArrowBuffer?, _ values: Values) {
    self.type = type
    self.count = count
    self.validity = validity
    self.values = values
  }

  /// A row that comes to more is not written: few bytes can say that there are very many elements.
  private static let rowLimit = 256 << 20

  /// Writes a value as JSON.
  ///
  /// - Parameter limit: Where the text ends at the latest.
  func write(
    _ place: Int, as node: ReadNode, to output: inout JSONText, upTo limit: Int
  ) throws(ParquetError) {
    if case .placeholder = node.kind { return output.append("null") }
    guard place >= 0, place < count else {
      throw .damaged("the columns are of different lengths")
    }
    guard output.count < limit else {
      throw ParquetError(.tooLarge, "a row takes more than \(Self.rowLimit) bytes")
    }
    guard try validity?.bit(place) ?? true else { return output.append("null") }
    switch (node.kind, values) {
    case (_, .dictionary(let places, let type, let dictionary)):
      let index = try Self.integer(type, places, place)
      try dictionary.write(index, as: node, to: &output, upTo: limit)
    case (.leaf(let leaf), _):
      try write(place, as: leaf, to: &output)
    case (.structure(let members), .structure(let columns)):
      for (index, (member, column)) in zip(members, columns).enumerated() {
        output.append(index == 0 ? "{" : ", ")
        output.append(string: member.name)
        output.append(": ")
        try column.write(place, as: member, to: &output, upTo: limit)
      }
      output.append(members.isEmpty ? "{}" : "}")
    case (.list(let element, _, _), .list(let places, let isLarge, let elements)):
      let range = try Self.range(places, isLarge, place)
      try elements.writeList(range, as: element, to: &output, upTo: limit)
    case (.list(let element, _, _), .fixedList(let size, let elements)):
      let start = place.multipliedReportingOverflow(by: size)
      guard !start.overflow, start.partialValue <= elements.count - size else {
        throw .damaged("a list is longer than its elements")
      }
      let range = start.partialValue..<(start.partialValue + size)
      try elements.writeList(range, as: element, to: &output, upTo: limit)
    case (.unsupported(let reason), _): throw .unsupported(reason)
    default: throw .damaged("a dictionary holds values of another type than its column")
    }
  }

  /// The end of a row's text that begins here.
  static func limit(from start: Int) -> Int { start + rowLimit }

  private func writeList(
    _ range: Range<Int>, as node: ReadNode, to output: inout JSONText, upTo limit: Int
  ) throws(ParquetError) {
    output.append("[")
    for place in range {
      if place > range.lowerBound { output.append(", ") }
      try write(place, as: node, to: &output, upTo: limit)
    }
    output.append("]")
  }

  // MARK: Values

  private func write(
    _ place: Int, as leaf: ReadLeaf, to output: inout JSONText
  ) throws(ParquetError) {
    switch (type, values) {
    case (.null, _): output.append("null")
    case (.boolean, .bits(let bits)):
      leaf.write(number: try bits.bit(place) ? 1 : 0, to: &output)
    case (.integer, .fixed(let numbers)):
      let number = try Self.integer(type, numbers, place)
      leaf.write(number: UInt64(bitPattern: number), to: &output)
    case (.scaled(let size, let factor), .fixed(let numbers)):
      let number = try Self.integer(
        .integer(byteCount: size, isSigned: true), numbers, place)
      let scaled = number.multipliedReportingOverflow(by: factor)
      guard !scaled.overflow else { throw .damaged("a time beyond all years") }
      leaf.write(number: UInt64(bitPattern: scaled.partialValue), to: &output)
    case (.divided(_, let divisor), .fixed(let numbers)):
      let number = try numbers.number(Int64.self, at: place)
      let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
      guard let day = Int32(exactly: remainder < 0 ? quotient - 1 : quotient) else {
        throw .damaged("a date beyond all years")
      }
      leaf.write(number: UInt64(bitPattern: Int64(day)), to: &output)
    case (.number(let size), .fixed(let numbers)):
      let bits =
        size == 4
        ? UInt64(try numbers.number(UInt32.self, at: place))
        : try numbers.number(UInt64.self, at: place)
      leaf.write(number: bits, to: &output)
    case (.fixedBytes(let size, let isReversed), .fixed(let bytes)):
      let start = place.multipliedReportingOverflow(by: size)
      guard !start.overflow, start.partialValue <= bytes.count - size else {
        throw .damaged("a buffer is shorter than its column")
      }
      let range = start.partialValue..<(start.partialValue + size)
      try bytes.withBytes(range) { (bytes) throws(ParquetError) in
        guard isReversed else { return try leaf.write(bytes: bytes, to: &output) }
        let reversed = [UInt8](Array(copying: bytes).reversed())
        try leaf.write(bytes: reversed.span, to: &output)
      }
    case (.bytes, .texts(let places, let isLarge, let bytes)):
      let range = try Self.range(places, isLarge, place)
      try bytes.withBytes(range) { (bytes) throws(ParquetError) in
        try leaf.write(bytes: bytes, to: &output)
      }
    case (.views, .views(let views, let data)):
      try write(view: place, of: views, data, as: leaf, to: &output)
    default: throw .damaged("a dictionary holds values of another type than its column")
    }
  }

  /// Writes a text that stands in its view if it is short, and else in one of the buffers.
  ///
  /// A view is the length and twelve bytes, or their first four, the buffer and the place in it.
  private func write(
    view place: Int, of views: ArrowBuffer, _ data: [ArrowBuffer], as leaf: ReadLeaf,
    to output: inout JSONText
  ) throws(ParquetError) {
    guard place < views.count / 16 else { throw .damaged("a buffer is shorter than its column") }
    let length = Int(try views.number(Int32.self, at: 4 * place))
    if (0...12).contains(length) {
      let start = 16 * place + 4
      return try views.withBytes(start..<(start + length)) { (bytes) throws(ParquetError) in
        try leaf.write(bytes: bytes, to: &output)
      }
    }
    let buffer = Int(try views.number(Int32.self, at: 4 * place + 2))
    let start = Int(try views.number(Int32.self, at: 4 * place + 3))
    guard length > 0, data.indices.contains(buffer), start >= 0 else {
      throw .damaged("a view leads to no buffer")
    }
    try data[buffer].withBytes(start..<(start + length)) { (bytes) throws(ParquetError) in
      try leaf.write(bytes: bytes, to: &output)
    }
  }

  private static func range(
    _ places: ArrowBuffer, _ isLarge: Bool, _ place: Int
  ) throws(ParquetError) -> Range<Int> {
    let start, end: Int
    if isLarge {
      start = Int(try places.number(Int64.self, at: place))
      end = Int(try places.number(Int64.self, at: place + 1))
    } else {
      start = Int(try places.number(Int32.self, at: place))
      end = Int(try places.number(Int32.self, at: place + 1))
    }
    guard start >= 0, start <= end else { throw .damaged("a value ends before it begins") }
    return start..<end
  }

  private static func integer(
    _ type: ArrowType, _ numbers: ArrowBuffer, _ place: Int
  ) throws(ParquetError) -> Int64 {
    switch type {
    case .integer(1, true): Int64(try numbers.number(Int8.self, at: place))
    case .integer(1, false): Int64(try numbers.number(UInt8.self, at: place))
    case .integer(2, true): Int64(try numbers.number(Int16.self, at: place))
    case .integer(2, false): Int64(try numbers.number(UInt16.self, at: place))
    case .integer(4, true): Int64(try numbers.number(Int32.self, at: place))
    case .integer(4, false): Int64(try numbers.number(UInt32.self, at: place))
    default: Int64(bitPattern: try numbers.number(UInt64.self, at: place))
    }
  }
}

/// The values that places of a column stand for, in the parts that came one after the other.
final class ArrowDictionary {
  private var parts: [(first: Int64, values: ArrowColumn)] = []
  private var count: Int64 = 0

  /// Adds values behind those there are.
  func append(_ values: ArrowColumn) throws(ParquetError) {
    let sum = count.addingReportingOverflow(Int64(values.count))
    guard !sum.overflow else { throw .damaged("a dictionary is larger than numbers go") }
    parts.append((count, values))
    count = sum.partialValue
  }

  /// Forgets all values.
  func removeAll() {
    parts.removeAll()
    count = 0
  }

  func write(
    _ place: Int64, as node: ReadNode, to output: inout JSONText, upTo limit: Int
  ) throws(ParquetError) {
    guard place >= 0, place < count, let part = parts.last(where: { $0.first <= place }) else {
      throw .damaged("a place is in no dictionary")
    }
    try part.values.write(Int(place - part.first), as: node, to: &output, upTo: limit)
  }
}
