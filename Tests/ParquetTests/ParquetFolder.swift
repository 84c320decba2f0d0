internal import Foundation

@testable import Parquet

/// A folder of files that are exchanged with Python's libraries.
final class ParquetFolder {
  static let python = ProcessInfo.processInfo.environment["DPO_PREP_PYTHON"]
  static let reason = "DPO_PREP_PYTHON names no Python to compare with; scripts/test.sh sets it"

  private let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)

  init() throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The names of the Parquet files, without their extension.
  var names: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: url.path(percentEncoded: false))
        .filter { $0.hasSuffix(".parquet") }.map { String($0.dropLast(8)) }.sorted()
    }
  }

  func write(_ bytes: [UInt8], _ name: String) throws {
    try Data(bytes).write(to: url.appending(path: name))
  }

  func read(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: url.appending(path: name)))
  }

  /// The lines that a script of Tests/oracle prints about the folder.
  func run(_ script: String, _ before: [String] = [], _ after: [String] = []) throws -> [Substring]
  {
    let script = URL(filePath: #filePath)
      .deletingLastPathComponent().appending(path: "../oracle/\(script)").standardized
    let process = Process()
    process.executableURL = URL(filePath: Self.python ?? "")
    process.arguments =
      ["-B", script.path(percentEncoded: false)] + before + [url.path(percentEncoded: false)]
      + after
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: text, as: UTF8.self).split(separator: "\n")
  }
}

/// A file in memory.
final class ParquetBytes: ParquetInput {
  private let bytes: [UInt8]
  /// How many bytes have been asked for.
  private(set) var askedCount = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var byteCount: Int { bytes.count }

  func read(at offset: Int, into room: inout OutputSpan<UInt8>) throws(ParquetError) {
    let piece = bytes[min(offset, bytes.count)...].prefix(room.freeCapacity)
    for byte in piece { room.append(byte) }
    askedCount += piece.count
  }
}
