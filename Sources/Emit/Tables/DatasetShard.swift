internal import Records

/// One data file of a dataset, which can be written without any of the others.
package struct DatasetShard {
  /// What has been written.
  package struct Written: Equatable, Sendable {
    /// Its path is the one in the dataset, whatever the file is called on disk.
    package var file: WrittenFile
    /// What the rows take in memory once `datasets` has loaded them.
    package var loadedByteCount: Int

    package init(file: WrittenFile, loadedByteCount: Int) {
      self.file = file
      self.loadedByteCount = loadedByteCount
    }
  }

  private let path: String
  private let table: any TableFile
  private let loaded: LoadedSize

  /// Creates the file.
  ///
  /// - Parameters:
  ///   - folder: a folder that is there.
  ///   - name: what the file is called in it; nil for its path in the dataset.
  ///   - workers: how many threads may compress.
  package init(
    _ output: DatasetLayout.Output, of layout: DatasetLayout, folder: String,
    name: String? = nil, workers: Int
  ) throws {
    path = output.path
    let name = name ?? output.path
    let shape = TableShape(layout, output.profile)
    loaded = LoadedSize(shape, layout.format)
    switch layout.format {
    case .parquet(let compression):
      table = try ParquetTable(
        folder: folder, path: name, shape: shape, compression: compression, workers: workers)
    case .jsonl(let compression):
      table = try JSONLinesTable(
        folder: folder, path: name, compression: compression, workers: workers)
    }
  }

  /// Writes rows, which have been encoded for this file.
  package func append(_ batch: RowBatch) throws {
    try table.append(batch)
    loaded.add(batch.loaded)
  }

  /// Ends the file; nothing may be called after that.
  package func finish() throws -> Written {
    var file = try table.finish()
    file.path = path
    return Written(file: file, loadedByteCount: loaded.byteCount)
  }
}

extension TableShape {
  /// The shape of the files of a profile.
  init(_ layout: DatasetLayout, _ profile: Profile) {
    self.init(columns: layout.columns(of: profile), rowsPerPair: profile.rowsPerPair)
  }
}

extension LoadedSize {
  init(_ shape: TableShape, _ format: DataFormat) {
    let isParquet = if case .parquet = format { true } else { false }
    self.init(shape, numbersHaveBits: isParquet)
  }
}
