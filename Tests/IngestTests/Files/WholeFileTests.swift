import Foundation
import Testing

@testable import Ingest

@Suite struct WholeFileTests {
  @Test(arguments: [0, 1, 65_535, 65_536, 200_001])
  func filesAreReadWhole(count: Int) throws {
    let bench = try Workbench()
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let path = try bench.write("file", bytes)
    #expect(try WholeFile.bytes(of: path) == bytes)
    #expect(try WholeFile.bytes(of: path, paddingCount: 3) == bytes + [0, 0, 0])
  }

  @Test func pipesAreReadToTheirEnd() throws {
    let bench = try Workbench()
    let path = bench.path + "/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    let bytes = [UInt8](repeating: 7, count: 300_000)
    Thread.detachNewThread { FileHandle(forWritingAtPath: path)?.write(Data(bytes)) }
    #expect(try WholeFile.bytes(of: path) == bytes)
  }

  @Test func whatIsMissingIsTold() throws {
    let bench = try Workbench()
    let missing = #expect(throws: IngestError.self) {
      try WholeFile.bytes(of: bench.path + "/none", named: "data")
    }
    #expect(missing?.code == .missingInput)
    let unreadable = #expect(throws: IngestError.self) { try WholeFile.bytes(of: bench.path) }
    #expect(unreadable?.code == .unreadable)
  }

  @Test func whatHasNoEndIsRefused() throws {
    let folder = try Workbench()
    let path = try folder.write("whole", "0123456789")
    #expect(try WholeFile.bytes(of: path, limit: 10).count == 10)
    for path in [path, "/dev/zero"] {
      let error = #expect(throws: IngestError.self) {
        _ = try WholeFile.bytes(of: path, limit: 9)
      }
      #expect(error?.message.contains("more than 9 bytes") == true)
    }
  }
}
