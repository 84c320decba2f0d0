internal import Hashing
internal import JSON

/// Goes through the entries of one column.
final class LeafCursor {
  let leaf: ReadLeaf
  private let pages: PageReader
  private var page: PageReader.Page?
  /// The entry in the page, and how many values lie before it.
  private var entry = 0
  private var value = 0

  init(_ leaf: ReadLeaf, _ pages: PageReader) throws(ParquetError) {
    self.leaf = leaf
    self.pages = pages
    page = try pages.next()
  }

  /// The levels of the entry; nil at the end of the row group.
  var levels: (repetition: UInt8, definition: UInt8)? {
    guard let page else { return nil }
    return (
      page.repetitions.isEmpty ? 0 : page.repetitions[entry],
      page.definitions.isEmpty ? leaf.definition : page.definitions[entry]
    )
  }

  /// Passes to the next entry.
  func advance() throws(ParquetError) {
    guard let current = page else { throw .damaged("the columns are of different lengths") }
    if current.definitions.isEmpty || current.definitions[entry] == leaf.definition { value += 1 }
    entry += 1
    guard entry == current.valueCount else { return }
    page = nil
    page = try pages.next()
    entry = 0
    value = 0
  }

  /// Writes the entry's value, which is there, as JSON.
  func write(to output: inout JSONText) throws(ParquetError) {
    guard let page else { return }
    let place = page.indices.map { Int($0[value]) } ?? value
    if page.indices != nil, let dictionary = pages.dictionary {
      try write(dictionary, place, to: &output)
    } else {
      try write(page.values, place, to: &output)
    }
  }

  private func write(
    _ values: DecodedValues, _ place: Int, to output: inout JSONText
  ) throws(ParquetError) {
    switch leaf.form {
    case .text, .bytes: values.withBytes(place) { output.append(string: $0) }
    case .bytesOrDigest:
      values.withBytes(place) { bytes in
        do {
          _ = try UTF8Span(validating: bytes)
          output.append(string: bytes)
        } catch {
          let digest = SHA256.digest(of: bytes.bytes).hexadecimal
          output.append(string: "sha256:\(digest)")
        }
      }
    case .boolean: output.append(values.numbers[place] != 0 ? "true" : "false")
    case .signed: output.append(Int(integer(values, place)))
    case .unsigned:
      output.append(
        json: String(
          leaf.type == .int32
            ? UInt64(UInt32(truncatingIfNeeded: values.numbers[place])) : values.numbers[place]))
    case .float:
      let bits = UInt32(truncatingIfNeeded: values.numbers[place])
      write(Double(Float(bitPattern: bits)), to: &output)
    case .double: write(Double(bitPattern: values.numbers[place]), to: &output)
    case .half:
      let bits = values.withBytes(place) { UInt16($0[0]) | UInt16($0[1]) << 8 }
      write(HalfFloat.value(ofBits: bits), to: &output)
    case .decimal(let scale):
      if leaf.type == .int32 || leaf.type == .int64 {
        let number = integer(values, place)
        output.append(json: DecimalText.text(number, scale: scale))
      } else {
        output.append(
          json: try values.withBytes(place) { (bytes) throws(ParquetError) in
            try DecimalText.text(bytes, scale: scale)
          })
      }
    case .date: output.append(string: TimeText.date(integer(values, place)))
    case .time(let unit): output.append(string: TimeText.time(integer(values, place), unit))
    case .timestamp(let unit, let isUTC):
      output.append(
        string: TimeText.timestamp(integer(values, place), unit) + (isUTC ? "Z" : ""))
    case .dayAndTime:
      output.append(string: values.withBytes(place) { TimeText.dayAndTime($0) })
    case .uuid: output.append(string: values.withBytes(place) { UUIDText.text($0) })
    case nil: output.append("null")
    }
  }

  private func integer(_ values: DecodedValues, _ place: Int) -> Int64 {
    let bits = values.numbers[place]
    return leaf.type == .int32
      ? Int64(Int32(truncatingIfNeeded: bits)) : Int64(bitPattern: bits)
  }

  /// JSON has no words for what is not finite, but rows of JSON have those of Python.
  private func write(_ number: Double, to output: inout JSONText) {
    if number.isNaN {
      output.append("NaN")
    } else if number.isInfinite {
      output.append(number < 0 ? "-Infinity" : "Infinity")
    } else {
      output.append(number)
    }
  }
}
