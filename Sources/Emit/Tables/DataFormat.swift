package import Parquet

/// The format of a dataset's files.
package enum DataFormat: Equatable, Sendable {
  /// Columns, whose pages are compressed.
  case parquet(ParquetWriterOptions.Compression)
  /// A row a line, in files that are compressed.
  case jsonl(TextCompression)

  /// What the data files' names end in; loaders tell the format by it.
  var fileExtension: String {
    switch self {
    case .parquet: ".parquet"
    case .jsonl(let compression): ".jsonl" + compression.fileExtension
    }
  }
}
