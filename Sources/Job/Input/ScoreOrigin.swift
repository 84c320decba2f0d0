internal import Ingest
internal import JSON
internal import Records

/// What the scores of a dataset of this program are.
package enum ScoreOrigin: Equatable, Sendable {
  /// The rewards as they came.
  case rewards
  /// What a transform made of them.
  case transformed(String)
  case calibrated

  /// Tells by the manifest of the dataset that a file stands in; nil where there is none.
  init?(datasetOf file: InputFile) {
    let names = file.path.split(separator: "/", omittingEmptySubsequences: false)
    guard let data = names.dropLast().lastIndex(of: "data") else { return nil }
    let path = (names[..<data] + [Substring(Manifest.name)]).joined(separator: "/")
    guard FileDigest.exists(path), let bytes = try? WholeFile.bytes(of: path),
      let configuration = Manifest(bytes)?.document["config"]
    else { return nil }
    let calibration = configuration["calibration"]
    func setting(_ name: String) -> String? {
      calibration?[name]?.text.map { String(decoding: $0, as: UTF8.self) }
    }
    if setting("method") ?? "" != "none" || calibration?["curve"].map({ $0 != .null }) ?? false {
      self = .calibrated
    } else if let transform = setting("transform"), transform != "none" {
      self = .transformed(transform)
    } else {
      self = .rewards
    }
  }
}

extension ScoreOrigin {
  /// A word for it; the transform's name where there was one.
  var name: String {
    switch self {
    case .rewards: "rewards"
    case .transformed(let transform): "transformed: \(transform)"
    case .calibrated: "calibrated"
    }
  }

  /// What a word stands for that ``name`` gave.
  init(name: String) {
    switch name {
    case "rewards": self = .rewards
    case "calibrated": self = .calibrated
    default: self = .transformed(String(name.trimmingPrefix("transformed: ")))
    }
  }
}
