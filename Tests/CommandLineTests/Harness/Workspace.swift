import Foundation

/// A folder of its own for one test, gone when the test is over.
///
/// It holds `prep.yaml`, a configuration that leaves everything to the command line but the format
/// of the output: rows of JSON, which tests can read.
final class Workspace: Sendable {
  /// The folder's absolute path; programs run in it.
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "/dpo-prep-tests-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try write("output: {dir: out, format: jsonl}\n", to: "prep.yaml")
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, and the folders above it.
  func write(_ bytes: [UInt8], to name: String) throws {
    let url = URL(fileURLWithPath: path + "/" + name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  /// Writes a file, and the folders above it.
  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  /// The bytes of a file.
  func read(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)))
  }

  /// The text of a file.
  func text(of name: String) throws -> String { String(decoding: try read(name), as: UTF8.self) }

  /// The text of a file that is compressed as its name says.
  func decompressed(_ name: String) throws -> String {
    let tool = name.hasSuffix(".gz") ? "gzip -dc" : name.hasSuffix(".zst") ? "zstd -dcq" : "cat"
    let outcome = try shell("\(tool) '\(name)'")
    guard outcome.status == 0 else { throw Unexpected(text: "\(name): \(outcome.errors)") }
    return outcome.output
  }

  /// The names in a folder, sorted, hidden ones included, `prep.yaml` left out.
  func names(in folder: String = ".") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path + "/" + folder).sorted()
      .filter { $0 != "prep.yaml" }
  }

  func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: path + "/" + name)
  }

  /// Every file under a folder with its bytes.
  func contents(of folder: String) throws -> [String: [UInt8]] {
    var contents: [String: [UInt8]] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: path + "/" + folder) {
      var isFolder: ObjCBool = false
      let file = folder + "/" + name
      _ = FileManager.default.fileExists(atPath: path + "/" + file, isDirectory: &isFolder)
      if !isFolder.boolValue { contents[name] = try read(file) }
    }
    return contents
  }

  /// The rows of a dataset's data files, by split and in order.
  func rows(of dataset: String) throws -> [String: [String]] {
    var rows: [String: [String]] = [:]
    for name in try names(in: dataset + "/data") {
      let split = String(name.prefix { $0 != "-" })
      let text = try decompressed(dataset + "/data/" + name)
      rows[split, default: []] += text.split(separator: "\n").map(String.init)
    }
    return rows
  }

  /// An object of a JSON file.
  func object(in name: String) throws -> [String: Any] { try JSON.object(try read(name)) }

  /// What is left beside datasets when a run was cut short.
  func litter() throws -> [String] { try names().filter { $0.contains(".partial") } }
}

/// A test's own failure.
struct Unexpected: Error, CustomStringConvertible {
  let text: String
  var description: String { text }
}

/// Reading JSON, where the last digits of numbers do not matter.
enum JSON {
  static func object(_ bytes: [UInt8]) throws -> [String: Any] {
    guard let object = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] else {
      throw Unexpected(text: "not a JSON object: \(String(decoding: bytes, as: UTF8.self))")
    }
    return object
  }

  static func object(_ text: String) throws -> [String: Any] { try object(Array(text.utf8)) }

  /// The value at a path of names; nil where there is none.
  static func value(_ object: [String: Any], _ path: String) -> Any? {
    path.split(separator: ".").reduce(object as Any?) { found, name in
      (found as? [String: Any])?[String(name)]
    }
  }

  /// Whether two values hold the same.
  static func areSame(_ value: Any?, _ other: Any?) -> Bool {
    guard let value = value as? NSObject, let other = other as? NSObject else { return false }
    return value == other
  }

  /// The whole number at a path of names; nil where there is none.
  static func count(_ object: [String: Any], _ path: String) -> Int? {
    value(object, path) as? Int
  }
}
