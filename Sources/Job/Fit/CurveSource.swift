internal import Hashing
internal import Ingest
package import JSON

/// Where a curve came from that was read back.
package struct CurveSource {
  /// The file, as documents tell it.
  package let path: String
  /// The file's SHA-256, in hexadecimal.
  package let sha256: String
  /// How the curve was fitted, as the file records it; null where it does not.
  package let fit: JSONValue

  /// - Parameter path: A file that has been read as a curve.
  package init(_ path: String) throws {
    let bytes = try WholeFile.bytes(of: path)
    self.path = PublishedPath.of(path)
    sha256 = SHA256.digest(of: bytes).hexadecimal
    fit = JSONValue(document: bytes)?["fit"] ?? .null
  }

  /// What documents say of it.
  package var document: JSONValue {
    ["path": .string(path), "sha256": .string(sha256), "fit": fit]
  }

  /// The settings with which the curve was fitted; nil where its file does not tell.
  ///
  /// A curve may have been read back before, and tells then of the file that it came from.
  package var settings: JSONValue? {
    var fit = fit
    while let earlier = fit["read_from"]?["fit"] { fit = earlier }
    return fit["calibration"]
  }
}
