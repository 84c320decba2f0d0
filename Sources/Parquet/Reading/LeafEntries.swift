/// The entries of a leaf in some rows: a value, a null or an empty list each.
struct LeafEntries: Sendable {
  let leaf: ReadLeaf
  /// For each row where its entries begin, and where the last one's end; empty where each has one.
  private(set) var starts: [Int] = []
  /// The definition level of each entry.
  private(set) var definitions: [UInt8] = []
  /// Where the text of each entry is, of no bytes where it has none; empty where there are none.
  private(set) var texts: [TextView] = []
  /// The bits of the number or truth of each entry, 0 where it has none.
  private(set) var numbers: [UInt64] = []

  /// More entries than these come with no row that was made to be read.
  static let rowLimit = 4096
  /// More entries than these come with no batch.
  private static let limit = 1 << 18

  init(_ leaf: ReadLeaf) { self.leaf = leaf }

  /// How many entries there are.
  var count: Int { definitions.count }

  /// The entries of a row.
  func entries(ofRow row: Int) -> Range<Int> {
    leaf.repetition == 0 ? row..<(row + 1) : starts[row]..<starts[row + 1]
  }

  /// Whether an entry has a value.
  func hasValue(_ entry: Int) -> Bool { definitions[entry] == leaf.definition }

  /// The definition level of an entry.
  func definition(_ entry: Int) -> UInt8 { definitions[entry] }

  /// The text of an entry that has one.
  func text(_ entry: Int) -> TextView { texts[entry] }

  /// The bits of the number or truth of an entry that has one.
  func number(_ entry: Int) -> UInt64 { numbers[entry] }

  // MARK: Adding

  /// Notes that a row begins with the entry that comes so many behind the last one.
  mutating func beginRow(behind count: Int = 0) throws(ParquetError) {
    let start = definitions.count + count
    if let last = starts.last, start - last > Self.rowLimit { throw Self.tooLarge }
    starts.append(start)
  }

  /// Adds entries by their levels; those that have values get them next.
  ///
  /// - Parameter levels: empty where every entry has a value.
  mutating func append(_ levels: ArraySlice<UInt8>, count: Int) throws(ParquetError) {
    guard definitions.count + count <= Self.limit else { throw Self.tooLarge }
    if levels.isEmpty {
      definitions.append(contentsOf: repeatElement(leaf.definition, count: count))
    } else {
      definitions.append(contentsOf: levels)
    }
  }

  /// Gives the last entries that have values theirs, of a page or dictionary.
  ///
  /// - Parameters:
  ///   - page: the place among the batch's pages that texts get.
  ///   - place: tells which value comes next.
  mutating func fill(
    from start: Int, _ values: DecodedValues, page: UInt32, _ place: (Int) -> Int
  ) throws(ParquetError) {
    var next = 0
    if leaf.type.isBytes {
      for entry in start..<definitions.count {
        guard definitions[entry] == leaf.definition else {
          texts.append(TextView(page: 0, start: 0, length: 0))
          continue
        }
        let value = place(next)
        next += 1
        texts.append(
          TextView(page: page, start: values.starts[value], length: values.lengths[value]))
      }
    } else {
      for entry in start..<definitions.count {
        guard definitions[entry] == leaf.definition else {
          numbers.append(0)
          continue
        }
        numbers.append(values.numbers[place(next)])
        next += 1
      }
    }
  }

  private static var tooLarge: ParquetError {
    ParquetError(.tooLarge, "some rows have more values than are read at a time")
  }
}
