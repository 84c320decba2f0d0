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
  private let shape: TableShape
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
  ) throws(EmitError) {
    path = output.path
    let name = name ?? output.path
    shape = TableShape(
      columns: layout.columns(of: output.profile), rowsPerPair: output.profile.rowsPerPair)
    switch layout.format {
    case .parquet(let compression):
      loaded = LoadedSize(shape, numbersHaveBits: true)
      table = try ParquetTable(
        folder: folder, path: name, shape: shape, compression: compression, workers: workers)
    case .jsonl(let compression):
      loaded = LoadedSize(shape, numbersHaveBits: false)
      table = try JSONLinesTable(
        folder: folder, path: name, shape: shape, compression: compression, workers: workers)
    }
  }

  /// Writes the row or rows of a pair.
  package func append(_ row: DatasetRow) throws(EmitError) {
    try table.append(row)
    for own in shape.rowsPerPair { loaded.add(row, own: own, shape) }
  }

  /// Ends the file; nothing may be called after that.
  package func finish() throws(EmitError) -> Written {
    var file = try table.finish()
    file.path = path
    return Written(file: file, loadedByteCount: loaded.byteCount)
  }
}
