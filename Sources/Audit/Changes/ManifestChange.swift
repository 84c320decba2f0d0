internal import Ingest
internal import JSON

/// Something that two manifests of dpo-prep tell differently.
package struct ManifestChange: Equatable, Sendable {
  /// A dotted path, such as `config.calibration.frac` or `inputs.gens/a.jsonl.zst`.
  package var path: String
  /// The values as JSON; nil where there is none.
  package var old: String?
  package var new: String?

  /// How the configurations, inputs and versions behind two datasets differ.
  ///
  /// - Returns: nil where one of the folders has no manifest.
  package static func between(_ old: String, _ new: String) -> [ManifestChange]? {
    guard let first = values(ofFolder: old), let second = values(ofFolder: new) else { return nil }
    var paths = first.map(\.path)
    paths += second.map(\.path).filter { path in !first.contains { $0.path == path } }
    return paths.compactMap { path in
      let change = ManifestChange(
        path: path, old: first.first { $0.path == path }?.value,
        new: second.first { $0.path == path }?.value)
      return change.old == change.new ? nil : change
    }
  }

  /// What is said of a dataset's making: where its results went and how long they took are not.
  private static func values(ofFolder folder: String) -> [(path: String, value: String)]? {
    guard let bytes = try? WholeFile.bytes(of: folder + "/manifest.json"),
      let manifest = JSONValue(document: bytes),
      manifest["tool"]?.text == Array("dpo-prep".utf8)
    else { return nil }
    var values: [(path: String, value: String)] = []
    if let version = manifest["version"] { values += leaves(version, at: "version") }
    if let configuration = manifest["config"] {
      values += leaves(configuration, at: "config").filter {
        !$0.path.hasPrefix("config.output.dir")
      }
    }
    for input in manifest["inputs"]?.elements ?? [] {
      guard let path = input["path"]?.text, let digest = input["sha256"] else { continue }
      values += leaves(digest, at: "inputs." + String(decoding: path, as: UTF8.self))
    }
    return values
  }

  /// The scalars of a tree and where they are.
  private static func leaves(_ tree: JSONValue, at path: String) -> [(path: String, value: String)]
  {
    switch tree {
    case .object(let members):
      members.flatMap {
        leaves($0.value, at: path + "." + String(decoding: $0.name, as: UTF8.self))
      }
    case .list(let elements):
      elements.enumerated().flatMap { leaves($1, at: "\(path).\($0)") }
    case .null: [(path, "null")]
    case .bool(let value): [(path, "\(value)")]
    case .number(let value): [(path, "\(value)")]
    case .integer(let value): [(path, "\(value)")]
    case .largeInteger(let digits): [(path, String(decoding: digits, as: UTF8.self))]
    case .string(let text): [(path, String(decoding: text, as: UTF8.self))]
    }
  }
}
