internal import Records

/// One split of one profile, cut into files of equal row count.
struct ShardedTable {
  /// What has been written.
  struct Written {
    var files: [WrittenFile]
    var rows: Int { files.reduce(0) { $0 + $1.rows } }
    /// What they take in memory once `datasets` has loaded them.
    var loadedByteCount: Int
    var byteCount: Int { files.reduce(0) { $0 + $1.byteCount } }
  }

  private let folder: String
  private let pathStart: String
  private let layout: DatasetLayout
  private let workers: Int
  private let shardCount: Int
  private let shape: TableShape
  /// The file being written.
  private var current: (any TableFile)?
  private var finished: [WrittenFile] = []
  /// What the rows of the file being written come to.
  private var loaded: LoadedSize
  private var loadedByteCount = 0

  /// - Parameter workers: how many threads may compress.
  init(
    folder: String, layout: DatasetLayout, profile: Profile, split: DatasetSplit, workers: Int
  ) {
    self.folder = folder
    self.layout = layout
    self.workers = workers
    pathStart = layout.pathStart(of: profile, split)
    shape = TableShape(
      columns: layout.columns(of: profile), rowsPerPair: profile.rowsPerPair)
    loaded = Self.nothingLoaded(shape, layout)
    let pairsInFile = layout.pairsInFile(of: profile)
    shardCount = (layout.pairs[split, default: 0] + pairsInFile - 1) / pairsInFile
  }

  mutating func append(_ row: DatasetRow) throws(EmitError) {
    if let rows = current?.rows, rows + shape.rowsPerPair.count > layout.shardRows {
      try endShard()
    }
    if let current {
      try current.append(row)
    } else {
      try beginShard().append(row)
    }
    for own in shape.rowsPerPair { loaded.add(row, own: own, shape) }
  }

  mutating func finish() throws(EmitError) -> Written {
    try endShard()
    return Written(files: finished, loadedByteCount: loadedByteCount)
  }

  private mutating func beginShard() throws(EmitError) -> any TableFile {
    let path = path(ofShard: finished.count)
    let file: any TableFile =
      switch layout.format {
      case .parquet(let compression):
        try ParquetTable(
          folder: folder, path: path, shape: shape, compression: compression, workers: workers)
      case .jsonl(let compression):
        try JSONLinesTable(
          folder: folder, path: path, shape: shape, compression: compression, workers: workers)
      }
    current = file
    return file
  }

  private mutating func endShard() throws(EmitError) {
    guard let file = current.take() else { return }
    finished.append(try file.finish())
    loadedByteCount += loaded.byteCount
    loaded = Self.nothingLoaded(shape, layout)
  }

  private static func nothingLoaded(_ shape: TableShape, _ layout: DatasetLayout) -> LoadedSize {
    if case .parquet = layout.format { return LoadedSize(shape, numbersHaveBits: true) }
    return LoadedSize(shape, numbersHaveBits: false)
  }

  private func path(ofShard index: Int) -> String {
    func padded(_ number: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    }
    return "\(pathStart)-\(padded(index))-of-\(padded(shardCount))\(layout.format.fileExtension)"
  }
}
