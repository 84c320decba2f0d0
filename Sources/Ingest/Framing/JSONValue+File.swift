package import JSON
internal import Records

extension JSONValue {
  /// Parses a plain file that is one JSON document, however it is broken into lines.
  package init(contentsOf file: InputFile) throws(IngestError) {
    let bytes = try WholeFile.bytes(
      of: file.path, named: file.displayName, paddingCount: Chunk.paddingCount)
    let count = bytes.count - Chunk.paddingCount
    self = try bytes.withUnsafeBufferPointer { buffer throws(IngestError) in
      do throws(JSONFault) {
        return try JSONValue(parsing: UnsafeBufferPointer(rebasing: buffer[..<count]))
      } catch {
        var position = TextPosition()
        let before = UnsafeBufferPointer(rebasing: buffer[..<error.offset])
        position.advance(over: UnsafeRawBufferPointer(before))
        throw IngestError(
          .malformedRow, error.message,
          at: SourceLocation(
            file: file.displayName, line: position.line, column: position.column),
          hint: "is the file whole? Repair it, or write it again")
      }
    }
  }
}
