import Foundation
import JSON
import Testing

@testable import Rows

/// Every layout of the table has a sample, so every one is read by a test of the program.
@Suite struct LayoutSampleTests {
  private static let folder =
    URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
    + "/samples/formats"

  /// The first row of a file, which is JSON Lines, an array, or an object around one.
  private static func firstRow(_ name: String) throws -> JSONValue {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
    let first =
      if let whole = JSONValue(document: bytes) {
        (whole["instances"] ?? whole).elements?.first
      } else {
        JSONValue(document: Array(bytes.prefix { $0 != UInt8(ascii: "\n") }))
      }
    return try #require(first, "\(name)")
  }

  @Test func everyLayoutHasASample() throws {
    let names = try FileManager.default.subpathsOfDirectory(atPath: Self.folder)
      .filter { $0.hasSuffix(".jsonl") || $0.hasSuffix(".json") }
    var sampled: Set<Int> = []
    for name in names {
      let row = try Self.firstRow(name)
      let found = Layout.all.firstIndex { $0.match(row) != nil }
      sampled.insert(try #require(found, "\(name) is like no layout"))
    }
    for (index, layout) in Layout.all.enumerated() {
      #expect(sampled.contains(index), "no sample: \(layout.format), \(layout.origin)")
    }
  }
}
