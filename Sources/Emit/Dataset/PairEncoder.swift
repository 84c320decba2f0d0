internal import JSON
internal import Parquet
internal import Records

/// Encodes pairs as rows of every profile, on one thread; another one may write them.
package final class PairEncoder {
  /// What is known of pairs beside their texts; asked on any thread.
  package struct Source: Sendable {
    /// The row of a pair.
    var row: @Sendable (PairTexts) throws -> DatasetRow
    /// Where the pair of a plan stands.
    var place: @Sendable (_ plan: Int) -> PairPlace

    package init(
      row: @escaping @Sendable (PairTexts) throws -> DatasetRow,
      place: @escaping @Sendable (_ plan: Int) -> PairPlace
    ) {
      self.row = row
      self.place = place
    }
  }

  /// Rows of a profile that are one data file's.
  private struct Open {
    var encoder: TableEncoder
    var output: Int
    var loaded: LoadedSize
    var rowCount = 0
  }

  private let tables: DatasetTables
  private let source: Source
  private let memory: RowMemory
  /// By profile, two a profile: for either split.
  private var open: [Open?]
  private var finished: [RowBatch] = []

  init(_ tables: DatasetTables, _ source: Source, memory: RowMemory) {
    self.tables = tables
    self.source = source
    self.memory = memory
    open = Array(repeating: nil, count: 2 * tables.shapes.count)
  }

  /// Encodes the pair of a plan; pairs come in the order of their plans.
  package func append(_ pair: PairTexts, plan: Int) throws {
    let row = try source.row(pair)
    let place = source.place(plan)
    for profile in tables.shapes.indices {
      append(row, profile: profile, at: place)
    }
  }

  /// Takes the rows.
  package func take() -> [RowBatch] {
    for index in open.indices { close(index) }
    return exchange(&finished, with: [])
  }

  private func append(_ row: DatasetRow, profile: Int, at place: PairPlace) {
    let index = 2 * profile + (place.split == .train ? 0 : 1)
    let shape = tables.shapes[profile]
    let output = tables.output(ofProfile: profile, place)
    if let current = open[index], current.rowCount > 0, current.output != output { close(index) }
    var current =
      exchange(&open[index], with: nil)
      ?? Open(
        encoder: tables.encoder(ofProfile: profile, memory: memory), output: output,
        loaded: LoadedSize(shape, tables.layout.format))
    current.output = output
    for own in shape.rowsPerPair {
      current.encoder.append(row, own: own, shape)
      current.loaded.add(row, own: own, shape)
      current.rowCount += 1
    }
    let isFull = current.encoder.byteCount >= RowBatch.fullByteCount
    open[index] = current
    if isFull { close(index) }
  }

  private func close(_ index: Int) {
    guard var current = exchange(&open[index], with: nil), current.rowCount > 0 else { return }
    let profile = index / 2
    let rows = current.encoder.take(memory, profile: profile)
    finished.append(
      RowBatch(
        output: current.output, rows: rows, rowCount: current.rowCount, loaded: current.loaded))
    current.loaded = LoadedSize(tables.shapes[profile], tables.layout.format)
    current.rowCount = 0
    open[index] = current
  }
}
