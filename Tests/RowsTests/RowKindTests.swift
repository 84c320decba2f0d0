import JSON
import Records
import Testing

@testable import Rows

/// What is said of rows that are known and hold no scored answers.
@Suite struct RowKindTests {
  @Test(
    arguments: [
      (#"{"prompt": "p", "completion": "a", "label": true}"#, "single answers with a label (KTO)"),
      (#"{"prompt": "p", "chosen": "a", "rejected": "b"}"#, "pairs without scores"),
      (
        #"{"prompt": "p", "response_a": "a", "response_b": "b", "better": "a"}"#,
        "answers to compare"
      ),
      (#"{"messages": [{"role": "user", "content": "q"}]}"#, "conversations without scores"),
      (#"{"conversations": [{"from": "human", "value": "q"}]}"#, "conversations without scores"),
      (#"{"version": 1, "samples": [{"prompt": "p"}]}"#, #"holds rows in "samples""#),
    ])
  func itIsNamed(row: String, message: String) throws {
    let value = try #require(JSONValue(document: Array(row.utf8)))
    let detector = LayoutDetector(fields: FieldMap(), format: .automatic)
    #expect(detector.schema(of: value) == nil)
    #expect(try #require(RowKind(of: value)).message.contains(message))
  }

  @Test(arguments: [#"{"text": "t"}"#, "{}"])
  func whatIsUnknownHasNoName(row: String) throws {
    #expect(RowKind(of: try #require(JSONValue(document: Array(row.utf8)))) == nil)
  }
}
