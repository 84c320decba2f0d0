internal import Ingest
internal import JSON
internal import Records
internal import Rows

/// Reads the rows of chunks again whose candidates have their numbers already.
///
/// One reader serves one thread.
final class RowRereader {
  /// A row that was read again.
  struct Place {
    /// How many rows of the chunk come before, malformed ones too.
    var row: Int
    /// The number of its first candidate.
    var candidate: Int
  }

  private let schemas: RowSchemas
  private let obstacle: RowReader.Obstacle?
  /// The readers of the layouts, made when the first row of one comes.
  private var readers: [Int: RowReader] = [:]
  private var prompt = PromptBytes()

  /// - Parameter obstacle: what made rows malformed in the first pass.
  init(schemas: RowSchemas, obstacle: RowReader.Obstacle?) {
    self.schemas = schemas
    self.obstacle = obstacle
  }

  /// Reads the rows of a chunk whose candidates had these numbers in the first pass.
  ///
  /// - Parameter body: is given each well-formed row that holds candidates.
  /// - Returns: how many rows there are; nil if there are not as many candidates now.
  func read(
    _ chunk: Chunk, file: Int, candidates: Range<Int>,
    _ body: (Place, borrowing RowReader, borrowing PromptBytes, PaddedBytes) -> Void
  ) -> Int? {
    let layout = schemas.number(ofFile: file)
    var reader =
      readers.removeValue(forKey: layout)
      ?? RowReader(schema: schemas.distinct[layout], advice: .settings, obstacle: obstacle)
    defer { readers[layout] = reader }
    var place = Place(row: 0, candidate: candidates.lowerBound)
    chunk.forEachRow { source, range in
      defer { place.row += 1 }
      // The first pass has dealt with malformed rows: here they hold nothing.
      guard
        (try? reader.read(
          source, from: range.lowerBound, to: range.upperBound, beside: chunk.partition)) != nil,
        (try? reader.prompt(
          in: source, from: range.lowerBound, to: range.upperBound, into: &prompt)) != nil
      else { return true }
      // Nothing is known of candidates beyond the last of the first pass.
      guard candidates.upperBound - place.candidate >= reader.candidates.count else {
        place.candidate = .max
        return false
      }
      body(place, reader, prompt, source)
      place.candidate += reader.candidates.count
      return true
    }
    return place.candidate == candidates.upperBound ? place.row : nil
  }
}
