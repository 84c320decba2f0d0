internal import Foundation
import Hashing
import TestSupport
import Testing

@testable import Ingest

@Suite struct ReadAheadSourceTests {
  private static func source(of file: InputFile) throws -> FileSource {
    FileSource(try file.open(), isDigesting: true)
  }

  @Test(arguments: [0, 1, 1 << 18, (1 << 18) + 1, 3_000_000])
  func theBytesAreThoseOfTheFile(byteCount: Int) throws {
    let folder = try SourceFolder()
    let bytes = (0..<byteCount).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 9) }
    let upstream = try Self.source(of: try folder.file("a.bin", bytes: bytes))
    let source = ReadAheadSource(upstream)
    var read: [UInt8] = []
    while true {
      let piece = try [UInt8](capacity: 100_003) { (room) throws(IngestError) in
        _ = try source.read(into: &room)
      }
      guard !piece.isEmpty else { break }
      read += piece
    }
    #expect(read == bytes)
    #expect(upstream.takeDigest() == SHA256.digest(of: bytes))
  }

  @Test func anErrorComesBehindTheBytesBeforeIt() throws {
    let folder = try SourceFolder()
    // A folder opens like a file and cannot be read.
    let path = try folder.file("a", bytes: [0x78]).path
    let parent = String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)])
    let file = InputFile(path: parent, displayName: "folder", byteCount: nil)
    guard let upstream = try? Self.source(of: file) else { return }
    let source = ReadAheadSource(upstream)
    let error = #expect(throws: IngestError.self) {
      _ = try [UInt8](capacity: 16) { (room) throws(IngestError) in
        _ = try source.read(into: &room)
      }
    }
    #expect(error?.code == .unreadable)
  }

  /// A reader that stops early leaves no thread behind that waits for ever with the file open.
  @Test func givingUpEndsTheThread() throws {
    let folder = try SourceFolder()
    let file = try folder.file("a.bin", bytes: Array(repeating: 7, count: 8 << 20))
    weak var gone: FileSource?
    do {
      let upstream = try Self.source(of: file)
      gone = upstream
      _ = ReadAheadSource(upstream)
    }
    for _ in 0..<1000 where gone != nil { usleep(2000) }
    #expect(gone == nil)
  }
}

/// A folder with files for one test, gone with it.
private final class SourceFolder {
  private let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "sources-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func file(_ name: String, bytes: [UInt8]) throws -> InputFile {
    let path = url.appending(path: name)
    try Data(bytes).write(to: path)
    let name = path.path(percentEncoded: false)
    return InputFile(path: name, displayName: name, byteCount: bytes.count)
  }
}
