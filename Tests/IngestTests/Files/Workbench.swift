import Bytes
import Foundation
import Records
import Testing

@testable import Ingest

/// A folder that lives as long as a test.
final class Workbench {
  /// The Python to compare with, where there is one.
  static let python = ProcessInfo.processInfo.environment["DPO_PREP_PYTHON"]

  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "ingest-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, its folders included, and returns its path.
  @discardableResult
  func write(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
    let file = "\(path)/\(name)"
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try write(name, Array(text.utf8))
  }

  func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
  }

  /// Runs a shell command in the folder.
  func shell(_ command: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    process.currentDirectoryURL = URL(fileURLWithPath: path)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw ShellFailure(command: command) }
  }

  struct ShellFailure: Error {
    let command: String
  }

  /// Whether all the programs a command needs are installed.
  static func has(_ tools: String...) -> Bool {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return tools.allSatisfy { tool in
      folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(tool)") }
    }
  }
}

/// What reading a file gave.
struct Reading {
  /// The texts, one a document.
  var texts = [String: [UInt8]]()
  /// The documents in their order.
  var names = [String]()
  var emptyNames = [String]()
  var summary: InputSummary?

  var joined: [UInt8] { names.flatMap { texts[$0] ?? [] } }

  init(
    _ path: String, isDigesting: Bool = false, options: FramingOptions = FramingOptions()
  ) throws {
    let files = try InputDiscovery.files(for: [path])
    let reader = try ChunkReader(
      try #require(files.first), fileIndex: 0, isDigesting: isDigesting, options: options)
    while let frame = try reader.next() {
      switch frame {
      case .chunk(let chunk):
        if texts[chunk.document.name] == nil { names.append(chunk.document.name) }
        texts[chunk.document.name, default: []] += chunk.withBytes { Array(copying: $0) }
      case .refused(let row): throw row.error
      case .empty(let document): emptyNames.append(document.name)
      }
    }
    summary = try reader.finish()
  }
}

/// Runs something that must fail.
func failure(_ body: () throws -> Void) throws -> IngestError {
  try #require(throws: IngestError.self, performing: body)
}

/// Rows of JSON with some variety, `count` of them.
func sampleRows(_ count: Int) -> String {
  (0..<count).map { "{\"prompt\": \"question \($0)\", \"reward\": \($0 * 7919 % 1000)}\n" }.joined()
}
