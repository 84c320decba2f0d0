import Testing

@testable import Terminal

@Suite struct ProgressLineTests {
  private let measured = ProgressLine(
    stage: "extracting", done: 1_234_567_890, total: 5_000_000_000, seconds: 7)
  private let unmeasured = ProgressLine(
    stage: "receiving", done: 18_100_000, total: 0, seconds: 2)

  @Test func linesFitAnyTerminal() {
    for columns in 0...200 {
      #expect(measured.text(columns: columns).count <= columns)
      #expect(unmeasured.text(columns: columns).count <= columns)
    }
  }

  @Test(arguments: [
    (200, "extracting  [#####-------------------]  24 %  1.2 GB of 5.0 GB  176 MB/s  0:21 left"),
    (70, "extracting  [##---------]  24 %  1.2 GB of 5.0 GB  176 MB/s  0:21 left"),
    (64, "extracting  [###------------]  24 %  1.2 GB of 5.0 GB  0:21 left"),
    (50, "extracting  [####---------------]  24 %  0:21 left"),
    (40, "extracting  24 %  0:21 left"), (20, "extracting  24 %"), (8, "24 %"), (3, "ext"),
  ])
  func theLeastImportantGoesFirst(columns: Int, line: String) {
    #expect(measured.text(columns: columns) == line)
  }

  @Test(arguments: [
    (80, "receiving  18.1 MB  9.1 MB/s"), (20, "receiving  18.1 MB"), (9, "18.1 MB"),
  ])
  func whatHasNoEndHasNoBar(columns: Int, line: String) {
    #expect(unmeasured.text(columns: columns) == line)
  }

  @Test func longTimesHaveHours() {
    let line = ProgressLine(stage: "reading", done: 1, total: 7385, seconds: 1).text(columns: 80)
    #expect(line.hasSuffix("2:03:04 left"), "\(line)")
  }
}
