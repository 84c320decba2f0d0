import Testing

@testable import Records

@Suite struct SourceLocationTests {
  @Test(arguments: [
    (Records.SourceLocation(file: "a.jsonl"), "a.jsonl"),
    (Records.SourceLocation(file: "a.jsonl", line: 3), "a.jsonl:3"),
    (Records.SourceLocation(file: "a.tar!b.jsonl", line: 3, column: 17), "a.tar!b.jsonl:3:17"),
    // A column without a line has no meaning.
    (Records.SourceLocation(file: "a.jsonl", column: 17), "a.jsonl"),
  ])
  func isWrittenAsCompilersDo(location: Records.SourceLocation, text: String) {
    #expect(location.description == text)
  }

  /// The numbers of sysexits.h, which calling scripts test for.
  @Test func failuresKeepTheirExitStatus() {
    let categories: [FailureCategory] = [
      .usage, .badData, .inputMissing, .software, .cannotCreate, .inputOutput, .badConfiguration,
    ]
    #expect(categories.map(\.rawValue) == [64, 65, 66, 70, 73, 74, 78])
  }
}
