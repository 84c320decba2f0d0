package import Foundation

/// Python's own JSON reader, asked by `Tests/oracle/json_cases.py`.
package enum JSONOracle {
  /// A case as the script prints it; which fields there are depends on the kind.
  package struct Case: Decodable, Sendable {
    package var kind: String
    package var base64: Data?
    package var chars: Int?
    package var words: Int?
    package var markdown: Int?
    package var bytes: Int?
    package var value: Data?
    package var lone: Bool?
    package var text: String?
    package var bits: String?
    package var valid: Bool?
    package var label: String?

    package var source: [UInt8] { Array(base64 ?? Data()) }
  }

  /// The Python to ask; without one there is nothing independent to compare with.
  package static let python = ProcessInfo.processInfo.environment["DPO_PREP_PYTHON"]

  /// Shown where a test is skipped.
  package static let reason =
    "DPO_PREP_PYTHON names no Python to compare with; scripts/test.sh sets it"

  private static let arguments = ["--count", "20000", "--seed", "2409"]

  /// Every case, asked for once; the arguments above print them again.
  package static let cases = Result { try run() }

  /// The cases of one kind.
  package static func cases(_ kind: String) throws -> [Case] {
    try cases.get().filter { $0.kind == kind }
  }

  /// Whether a double is the one that sixteen hexadecimal digits, or `nan`, stand for.
  package static func matches(_ value: Double, _ bits: String?) -> Bool {
    bits == "nan" ? value.isNaN : bits.flatMap { UInt64($0, radix: 16) } == value.bitPattern
  }

  private struct Failure: Error { var status: Int32 }

  private static func run() throws -> [Case] {
    let script = URL(filePath: #filePath)
      .deletingLastPathComponent().appending(path: "../oracle/json_cases.py").standardized
    let process = Process()
    process.executableURL = URL(filePath: python ?? "")
    process.arguments = ["-B", script.path(percentEncoded: false)] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
    let decoder = JSONDecoder()
    return try output.split(separator: UInt8(ascii: "\n")).map {
      try decoder.decode(Case.self, from: $0)
    }
  }
}
