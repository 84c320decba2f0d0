package import Arrow
internal import Bytes
package import Parquet
internal import Records

/// A file of typed columns as its readers want it: bytes to be read in any order.
package final class TypedFile: ArrowInput {
  /// The formats whose files have such columns.
  package enum Format {
    case parquet
    case arrow
  }

  private let file: OpenFile
  package let byteCount: Int
  /// What the system said, in the words that other files' errors have.
  private var failure: IngestError?

  init(_ file: OpenFile) throws(IngestError) {
    self.file = file
    byteCount = try file.byteCount()
  }

  /// Opens a file for reading.
  package convenience init(path: String) throws(IngestError) {
    try self.init(OpenFile(path: path, displayName: path))
  }

  package func read(
    at offset: Int, into room: inout OutputSpan<UInt8>
  ) throws(ParquetError) {
    do throws(IngestError) {
      try file.fill(&room, from: offset)
    } catch {
      failure = error
      throw ParquetError(.unreadable, error.message)
    }
  }

  package func contents(
    of range: Range<Int>, compression: ArrowCompression
  ) -> any ArrowContents {
    let stored = BufferedSource(
      FileSource(file, range: range), capacity: min(range.count + 16, 1 << 16))
    let (name, command) = (file.displayName, "")
    let source: any ByteSource =
      switch compression {
      case .lz4:
        DecodingSource(
          stored, decoder: LZ4Decoder(), formatName: "lz4", checkCommand: command, name: name)
      case .zstd:
        DecodingSource(
          stored, decoder: ZstdDecoder(), formatName: "zstd", checkCommand: command, name: name)
      }
    return Contents(source)
  }

  /// What a compressed part of the file holds.
  private final class Contents: ArrowContents {
    private let source: any ByteSource

    init(_ source: any ByteSource) { self.source = source }

    func read(into room: inout OutputSpan<UInt8>) throws(ParquetError) -> Int {
      do throws(IngestError) {
        return try source.read(into: &room)
      } catch {
        throw .damaged(error.message)
      }
    }
  }

  /// What a reader found, in the words of an error of the file.
  package func error(_ error: ParquetError, _ format: Format) -> IngestError {
    failure ?? IngestError(error, format, file: file.displayName)
  }
}

extension IngestError {
  /// What is wrong with a file of typed columns.
  fileprivate init(_ error: ParquetError, _ format: TypedFile.Format, file: String) {
    let place = error.column.map { "column \"\($0)\": " } ?? ""
    let check =
      switch format {
      case .parquet: "import pyarrow.parquet as p; p.read_table('FILE')"
      case .arrow: "import pyarrow as p; p.ipc.open_stream('FILE').read_all()"
      }
    switch error.code {
    case .tooLarge, .beyondRowLimit:
      self.init(
        .corrupt, "\(place)\(error.message)", at: SourceLocation(file: file),
        hint: "write it in smaller pieces",
        limit: error.code == .beyondRowLimit ? "input.max_row" : nil)
    case .damaged, .unreadable:
      self.init(
        .corrupt, "\(place)\(error.message)", at: SourceLocation(file: file),
        hint: "write or download the file again; `python -c \"\(check)\"` checks it")
    case .unsupported:
      self.init(
        .unsupported, "\(place)\(error.message) is not read", at: SourceLocation(file: file),
        hint: error.column == nil
          ? "write it with pyarrow's or Polars' defaults"
          : "write the column as text, numbers or lists of them, with the defaults of pyarrow or "
            + "Polars, or do not ask for it in input.fields and output.keep")
    }
  }
}
