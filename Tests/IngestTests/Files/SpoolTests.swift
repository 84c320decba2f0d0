import Bytes
import Foundation
import Records
import Testing

@testable import Ingest

@Suite struct SpoolTests {
  @Test func aPipeCanBeReadTwiceAndLeavesNothing() throws {
    let bench = try Workbench()
    let text = Array(sampleRows(5000).utf8)
    let pipe = "\(bench.path)/pipe"
    try #require(mkfifo(pipe, 0o600) == 0)
    try FileManager.default.createDirectory(
      atPath: "\(bench.path)/spool", withIntermediateDirectories: true)
    let writer = Thread {
      try? Data(text).write(to: URL(fileURLWithPath: pipe), options: [])
    }
    writer.start()
    let found = try #require(try InputDiscovery.files(for: [pipe]).first)
    #expect(found.isStream)
    #expect(found.byteCount == nil)
    let file = try found.spooled(into: "\(bench.path)/spool")
    #expect(!file.isStream)
    #expect(file.byteCount == text.count)
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(bench.path)/spool") == [])
    for _ in 0..<2 {
      let reader = try ChunkReader(file, fileIndex: 0)
      var read = [UInt8]()
      while case .chunk(let chunk)? = try reader.next() {
        read += chunk.withBytes { Array(copying: $0) }
      }
      #expect(read == text)
    }
  }

  @Test func aFolderThatIsNotThereIsReported() throws {
    let error = try failure { _ = try InputFile.standardInput.spooled(into: "/nowhere/at/all") }
    #expect(error.location?.file == "/nowhere/at/all")
  }
}
