/// Paths that are not on this machine, and how to bring what they name here.
package enum RemotePath {
  /// Whether a path names something that is not on this machine.
  package static func isRemote(_ path: String) -> Bool { command(fetching: path) != nil }

  /// The command that fetches what a path names; nil for a path of this machine.
  static func command(fetching path: String) -> String? {
    guard let end = path.firstRange(of: "://") else { return nil }
    let rest = path[end.upperBound...]
    switch path[..<end.lowerBound].lowercased() {
    case "hf":
      let parts = rest.split(separator: "/")
      let isDataset = parts.first == "datasets"
      let name = parts.dropFirst(isDataset ? 1 : 0).prefix(2).joined(separator: "/")
      return "hf download --repo-type dataset \(name.isEmpty ? "ORG/NAME" : name) --local-dir DIR"
    case "s3", "s3a", "s3n":
      return "aws s3 cp --recursive s3://\(rest) DIR"
    case "gs", "gcs": return "gcloud storage cp --recursive gs://\(rest) DIR"
    case "az", "abfs", "abfss", "wasb", "wasbs":
      return "az storage blob download-batch --source CONTAINER --destination DIR"
    case "http", "https", "ftp": return "curl -LO \(path)"
    default: return nil
    }
  }
}
