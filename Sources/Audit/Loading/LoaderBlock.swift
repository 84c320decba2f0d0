internal import JSON
internal import Rows

/// What the rows of a block hold that the loader takes at a time, or of a part of it.
struct LoaderBlock: Sendable {
  /// The file's place among the input files.
  var file: Int
  /// The block's place in the file, from 0.
  var number: Int
  /// How the file holds the rows; nil while only rows were refused, which do not tell.
  private(set) var form: TreePass.Form?
  private(set) var rowCount = 0
  /// The rows, which are objects.
  private(set) var rows = ValueShape()
  /// Rows beside blank lines, at which the loader's second JSON reader stops.
  private(set) var besideBlanks = FoundRows()
  /// Rows with half a surrogate pair, at which its first one stops.
  private(set) var loneSurrogates = FoundRows()
  /// Rows with a key twice in an object, at which the first one stops as well.
  private(set) var repeatedKeys = FoundRows()

  init(file: Int, number: Int, form: TreePass.Form?) {
    self.file = file
    self.number = number
    self.form = form
  }

  /// Rows of a Parquet file whose columns have the very types that the loader settles on, so that it
  /// only matters whether they have values.
  init(file: Int, rowCount: Int, columns: ColumnUses) {
    self.init(file: file, number: 0, form: .lines)
    self.rowCount = rowCount
    rows = ValueShape(columns)
  }

  /// The blocks that a chunk has rows of.
  static func blocks(of batch: TreePass.Batch, file name: String) -> [LoaderBlock] {
    var blocks: [LoaderBlock] = []
    for (number, row) in batch.rows.enumerated() {
      if blocks.last?.number != row.block {
        blocks.append(LoaderBlock(file: batch.file, number: row.block, form: batch.form))
      }
      let place = Finding.Place(file: name, line: row.line)
      blocks[blocks.count - 1].add(row, at: RowTally.Row(place: place, number: number))
    }
    return blocks
  }

  private mutating func add(_ row: TreePass.Row, at place: RowTally.Row) {
    rowCount += 1
    if let tree = row.tree, case .object = tree { rows.add(tree, at: place) }
    if row.isBesideBlankLine { besideBlanks.add(place.place) }
    if row.hasLoneSurrogate { loneSurrogates.add(place.place) }
    if row.repeatsName { repeatedKeys.add(place.place) }
  }

  /// Adds later rows of the same block.
  mutating func merge(_ later: LoaderBlock) {
    form = form ?? later.form
    rowCount += later.rowCount
    rows.merge(later.rows)
    besideBlanks.merge(later.besideBlanks)
    loneSurrogates.merge(later.loneSurrogates)
    repeatedKeys.merge(later.repeatedKeys)
  }

  /// Whether a value anywhere mixes kinds, which the loader makes JSON text.
  var mixesKinds: Bool { rows.members.contains { $0.shape.mixesKinds } }
}

extension ValueShape {
  fileprivate var mixesKinds: Bool {
    classes.count > 1 || (has(.list) && element.mixesKinds)
      || members.contains { $0.shape.mixesKinds }
  }
}
