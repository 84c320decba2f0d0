import Testing

@testable import Ingest

@Suite struct LayoutDetectorTests {
  private static let lists = RowSchema.Layout.nested(
    responses: "all_generated_responses", rewards: "all_rm_scores")
  private static let objects = RowSchema.Layout.nested(
    responses: "completions.response", rewards: "completions.reward")

  @Test(
    arguments: [
      (#"{"response": "a"}"#, .automatic, .flat),
      (#"{"all_generated_responses": []}"#, .automatic, lists),
      (#"{"response": "a", "all_generated_responses": ["a"]}"#, .automatic, lists),
      (#"{"completions": [{"response": "a"}]}"#, .automatic, objects),
      (#"{"completions": [], "response": "a"}"#, .automatic, .flat),
      (#"{"completions": 5}"#, .automatic, nil),
      (#"{"text": "a"}"#, .automatic, nil),
      (#"{"text": "a"}"#, .nested, lists),
      (#"{"response": "a"}"#, .nested, lists),
      (#"{"completions": [{"response": "a"}], "response": "a"}"#, .nested, objects),
    ] as [(String, LayoutDetection.Request, RowSchema.Layout?)])
  func layoutsAreToldByFields(
    row: String, request: LayoutDetection.Request, layout: RowSchema.Layout?
  ) {
    withScannable(Array(row.utf8)) { base, count in
      var detector = LayoutDetector(fields: FieldMap())
      let isObject = detector.isObject(base, from: 0, to: count)
      #expect(isObject)
      #expect(detector.layout(request) == layout)
    }
  }

  @Test func whatIsNoObjectTellsNothing() {
    for row in ["", "[1]", "{\"response\": \"a\""] {
      withScannable(Array(row.utf8)) { base, count in
        var detector = LayoutDetector(fields: FieldMap())
        let isObject = detector.isObject(base, from: 0, to: count)
        #expect(!isObject)
      }
    }
  }

  @Test func aRowOfUnknownFieldsIsExplained() {
    withScannable(Array(#"{"respones": "a"}"#.utf8)) { base, count in
      let fault = LayoutDetector(fields: FieldMap()).fault(base, from: 0, to: count)
      #expect(fault.code == .missingField)
      #expect(
        fault.message
          == "no field \"all_generated_responses\" (nested rows) or \"response\" (flat rows)")
      #expect(fault.hint.contains("did you mean \"respones\"?"))
    }
  }
}
