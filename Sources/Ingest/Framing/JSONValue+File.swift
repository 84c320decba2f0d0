internal import Bytes
internal import Foundation
package import JSON
internal import Records

extension JSONValue {
  /// Parses a plain file that is one JSON document, however it is broken into lines.
  package init(contentsOf file: InputFile) throws(IngestError) {
    let bytes: [UInt8]
    do {
      let data = try Data(contentsOf: URL(fileURLWithPath: file.path), options: .alwaysMapped)
      bytes = [UInt8](capacity: data.count + Chunk.paddingCount) { bytes in
        bytes.append(copying: data.span)
        bytes.append(repeating: 0, count: Chunk.paddingCount)
      }
    } catch {
      throw IngestError(
        .unreadable, "cannot read this file", at: SourceLocation(file: file.displayName))
    }
    do throws(JSONFault) {
      self = try PaddedBytes.with(bytes.span) { (text) throws(JSONFault) in
        try JSONValue(parsing: text)
      }
    } catch {
      var position = TextPosition()
      position.advance(over: bytes.span.extracting(0..<error.offset))
      throw IngestError(
        .malformedRow, error.message,
        at: SourceLocation(
          file: file.displayName, line: position.line, column: position.column),
        hint: "is the file whole? Repair it, or write it again")
    }
  }
}
