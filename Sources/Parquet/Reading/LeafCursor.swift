internal import JSON

/// Goes through the entries of one column.
final class LeafCursor {
  let leaf: ReadLeaf
  private let pages: PageReader
  private let passesBinary: Bool
  private var page: PageReader.Page?
  /// The entry in the page, and how many values lie before it.
  private var entry = 0
  private var value = 0

  /// - Parameter passesBinary: whether bytes that are no text are null, as in columns that were not
  ///   asked for; otherwise the row is not well formed.
  init(
    _ leaf: ReadLeaf, _ pages: PageReader, passesBinary: Bool
  ) throws(ParquetError) {
    self.passesBinary = passesBinary
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
  func write(to output: inout JSONText) {
    guard let page else { return }
    let place = page.indices.map { Int($0[value]) } ?? value
    if page.indices != nil, let dictionary = pages.dictionary {
      write(dictionary, place, to: &output)
    } else {
      write(page.values, place, to: &output)
    }
  }

  private func write(_ values: DecodedValues, _ place: Int, to output: inout JSONText) {
    switch leaf.type {
    case .byteArray:
      let (start, length) = (Int(values.starts[place]), Int(values.lengths[place]))
      values.bytes.withUnsafeBufferPointer {
        let bytes = UnsafeBufferPointer(rebasing: $0[start..<(start + length)])
        if passesBinary, leaf.isBinary, String(validating: bytes, as: UTF8.self) == nil {
          output.append("null")
        } else {
          output.append(string: bytes)
        }
      }
    case .boolean: output.append(values.numbers[place] != 0 ? "true" : "false")
    case .int32:
      let bits = UInt32(truncatingIfNeeded: values.numbers[place])
      output.append(isUnsigned ? Int(bits) : Int(Int32(bitPattern: bits)))
    case .int64:
      let bits = values.numbers[place]
      if isUnsigned {
        output.append(json: String(bits))
      } else {
        output.append(Int(Int64(bitPattern: bits)))
      }
    case .float:
      let bits = UInt32(truncatingIfNeeded: values.numbers[place])
      write(Double(Float(bitPattern: bits)), to: &output)
    case .double: write(Double(bitPattern: values.numbers[place]), to: &output)
    case .fixedLengthByteArray:
      write(HalfPrecision.double(UInt16(truncatingIfNeeded: values.numbers[place])), to: &output)
    case .int96: output.append("null")
    }
  }

  private var isUnsigned: Bool {
    if case .integer(_, let isSigned) = leaf.annotation { return !isSigned }
    return false
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
