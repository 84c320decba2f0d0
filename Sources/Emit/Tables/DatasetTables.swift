internal import JSON
internal import Parquet
internal import Records

/// The data files of a dataset, and how rows are encoded for them.
package struct DatasetTables: Sendable {
  let layout: DatasetLayout
  /// All of the layout's.
  let outputs: [DatasetLayout.Output]
  private let profiles: [Profile]
  /// For each profile that is written.
  let shapes: [TableShape]
  private let lineEncoders: [LineEncoder]
  /// For each profile and split the place of its first data file.
  private let firstOutputs: [[DatasetSplit: Int]]
  private let pairsInFile: [Int]

  /// - Parameter output: the only file that is written, where it is one alone.
  package init(_ layout: DatasetLayout, only output: DatasetLayout.Output? = nil) {
    self.layout = layout
    outputs = layout.outputs
    profiles = output.map { [$0.profile] } ?? layout.profiles
    shapes = profiles.map { TableShape(layout, $0) }
    lineEncoders = shapes.map(LineEncoder.init)
    pairsInFile = profiles.map(layout.pairsInFile)
    firstOutputs = profiles.map { [outputs] profile in
      var first: [DatasetSplit: Int] = [:]
      for split in layout.splits {
        first[split] = outputs.firstIndex { $0.profile == profile && $0.split == split }
      }
      return first
    }
  }

  /// The data file of a profile that a pair stands in.
  func output(ofProfile profile: Int, _ place: PairPlace) -> Int {
    firstOutputs[profile][place.split, default: 0] + place.number / pairsInFile[profile]
  }

  /// Whether two data files are of the same profile and split.
  func isSameTable(_ first: Int, _ second: Int) -> Bool {
    outputs[first].profile == outputs[second].profile
      && outputs[first].split == outputs[second].split
  }

  /// The place of the profile of a data file.
  func profile(ofOutput output: Int) -> Int {
    profiles.firstIndex(of: outputs[output].profile) ?? 0
  }

  /// An encoder of rows of a profile.
  func encoder(ofProfile profile: Int, memory: RowMemory) -> TableEncoder {
    switch layout.format {
    case .jsonl: .lines(lineEncoders[profile], memory.takeLines())
    case .parquet: .columns(RowEncoder(columns: shapes[profile].fields))
    }
  }
}

/// Where a pair stands: a split, and its number among the pairs there.
package struct PairPlace: Equatable, Sendable {
  package var split: DatasetSplit
  package var number: Int

  package init(_ split: DatasetSplit, _ number: Int) {
    self.split = split
    self.number = number
  }
}

/// Rows of one profile while they are encoded.
enum TableEncoder {
  case lines(LineEncoder, JSONText)
  case columns(RowEncoder)

  mutating func append(_ row: DatasetRow, own: Column.Side, _ shape: TableShape) {
    switch self {
    case .lines(let encoder, var text):
      // So that the text has one owner.
      self = .lines(encoder, JSONText())
      encoder.append(row, own: own, to: &text)
      self = .lines(encoder, text)
    case .columns(let encoder):
      encoder.append { values in
        for (index, column) in shape.columns.enumerated() where shape.copies[index] == nil {
          var sink = values[index]
          row.write(column, own: own, to: &sink)
        }
      }
    }
  }

  /// The bytes of the rows so far.
  var byteCount: Int {
    switch self {
    case .lines(_, let text): text.count
    case .columns(let encoder): encoder.byteCount
    }
  }

  /// Takes the rows.
  mutating func take(_ memory: RowMemory, profile: Int) -> RowBatch.Rows {
    switch self {
    case .lines(let encoder, let text):
      self = .lines(encoder, memory.takeLines())
      return .lines(text)
    case .columns(let encoder):
      return .columns(encoder.take(reusing: memory.takeColumns(ofProfile: profile)))
    }
  }
}
