internal import Hashing
internal import Ingest
internal import JSON
package import Records
internal import Rows

/// Two answers to one prompt of which someone said which is better, as what finds them again.
package struct LabelledPair: Sendable {
  /// Of the row's own id; nil without one.
  var id: Fingerprint.Wide?
  /// Of the prompt; nil where the id stands for it.
  var prompt: UInt64?
  var better: UInt64
  var worse: UInt64
  /// Where the row is.
  package var location: SourceLocation

  /// Reads a row.
  ///
  /// - Parameter fields: What the input's fields are called.
  init(_ row: JSONValue, at location: SourceLocation, fields: FieldMap) throws(IngestError) {
    func fault(_ message: String, _ hint: String? = nil) -> IngestError {
      IngestError(
        .malformedRow, message, at: location,
        hint: hint
          ?? "a label is a prompt or its prompt_id, and the better and the worse answer in "
          + "\"chosen\" and \"rejected\" or \"better\" and \"worse\"")
    }
    guard let reader = PairRowReader(like: row, fields: fields) ?? PairRowReader(like: row) else {
      throw fault("the row has no better and worse answer")
    }
    var pair: PairRow?
    do throws(ReadingFault) {
      pair = try reader.read(row)
      prompt = pair.map { PromptBytes.fingerprint(of: $0.conversation) }
    } catch {
      guard error.code == .missingField,
        let found = try? reader.readWithoutPrompt(row)
      else { throw fault(error.message, error.hint) }
      pair = found
    }
    guard let pair, let better = pair.chosen, let worse = pair.rejected else {
      throw fault("one of the two answers is null")
    }
    id = pair.promptID.map(PromptBytes.key)
    self.better = Fingerprint.of(better.identity.span.bytes)
    self.worse = Fingerprint.of(worse.identity.span.bytes)
    self.location = location
  }
}
