import Foundation
import Records
import Testing

@testable import Emit

@Suite struct RejectsFileTests {
  private func entry(_ bytes: [UInt8], line: Int = 1, byteCount: Int? = nil) -> RejectedRow {
    RejectedRow(
      location: SourceLocation(file: "in \"1\".jsonl", line: line, column: 7), code: .notJSON,
      message: "expected \"x\"", hint: "", bytes: bytes, byteCount: byteCount ?? bytes.count)
  }

  @Test func withoutARowThereIsNoFile() throws {
    let folder = try TemporaryFolder()
    let dataset = try DatasetFolder(target: folder.path + "/out", overwrites: false)
    var rejects = RejectsFile(folder: dataset.path)
    #expect(try rejects.finish() == nil)
    try dataset.commit()
    #expect(try folder.names(in: "out").isEmpty)
  }

  @Test func rowsAreKeptWithTheirPlaceAndFault() throws {
    let folder = try TemporaryFolder()
    let dataset = try DatasetFolder(target: folder.path + "/out", overwrites: false)
    var rejects = RejectsFile(folder: dataset.path)
    try rejects.append(entry(Array("{\"a\": tru\u{E9}}".utf8), line: 3))
    try rejects.append(entry([0x7B, 0xFF, 0x0D], line: 4, byteCount: 64_000_000))
    let written = try rejects.finish()
    #expect(written?.path == "rejects.jsonl.zst")
    #expect(written?.rows == 2)
    try dataset.commit()

    let bytes = try folder.output(of: ["zstd", "-dcq", folder.path + "/out/rejects.jsonl.zst"])
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    let rows = try lines.map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    try #require(rows.count == 2)
    #expect(rows[0]["file"] as? String == "in \"1\".jsonl")
    #expect(rows[0]["line"] as? Int == 3)
    #expect(rows[0]["column"] as? Int == 7)
    #expect(rows[0]["code"] as? String == "not_json")
    #expect(rows[0]["error"] as? String == "expected \"x\"")
    #expect(rows[0]["row"] as? String == "{\"a\": tru\u{E9}}")
    #expect(rows[0]["row_base64"] == nil)
    #expect(rows[0]["bytes"] as? Int == 12)
    // What is no UTF-8 is kept byte for byte beside what can be read of it.
    #expect(rows[1]["row"] as? String == "{\u{FFFD}\r")
    #expect(rows[1]["row_base64"] as? String == Data([0x7B, 0xFF, 0x0D]).base64EncodedString())
    #expect(rows[1]["bytes"] as? Int == 64_000_000)
  }
}
