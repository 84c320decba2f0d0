internal import Ingest
internal import JSON
internal import Records

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
    // Of a path that is recorded twice, the first counts.
    func table(_ leaves: [(path: String, value: String)]) -> [String: String] {
      Dictionary(leaves.map { ($0.path, $0.value) }) { first, _ in first }
    }
    let (old, new) = (table(first), table(second))
    let paths = first.map(\.path) + second.map(\.path).filter { old[$0] == nil }
    return paths.compactMap { path in
      let change = ManifestChange(path: path, old: old[path], new: new[path])
      return change.old == change.new ? nil : change
    }
  }

  /// What is said of a dataset's making: where its results went and how long they took are not.
  private static func values(ofFolder folder: String) -> [(path: String, value: String)]? {
    guard let bytes = try? WholeFile.bytes(of: folder + "/" + Manifest.name),
      let manifest = Manifest(bytes)?.document
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
