internal import Foundation
internal import Records

/// Paths that name data on another machine, which this program does not fetch.
enum RemotePath {
  /// What to say of a path with the scheme of a network; nil for any other.
  static func error(for path: String) -> IngestError? {
    guard let scheme = path.range(of: "://").map({ path[..<$0.lowerBound] }), !scheme.isEmpty,
      scheme.utf8.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 < 0x3A })
    else { return nil }
    return IngestError(
      .missingInput, "data on other machines is not fetched", at: SourceLocation(file: path),
      hint: "\(command(scheme, path)), then give the path on this machine")
  }

  /// A command that brings the data here.
  private static func command(_ scheme: Substring, _ path: String) -> String {
    switch scheme {
    case "hf":
      let parts = path.split(separator: "/").dropFirst().drop { $0 == "datasets" }
      let repository = parts.prefix(2).joined(separator: "/")
      return "`hf download \(repository) --repo-type dataset --local-dir data`"
    case "s3": return "`aws s3 cp --recursive \(path) data`"
    case "gs": return "`gcloud storage cp --recursive \(path) data`"
    case "http", "https": return "`curl --fail --location --remote-name \(path)`"
    case "file": return "write the path without file://"
    default: return "copy it here"
    }
  }
}
