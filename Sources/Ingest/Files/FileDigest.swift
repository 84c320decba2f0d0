internal import Hashing

/// What a file's bytes are, whatever they mean.
package struct FileDigest: Equatable, Sendable {
  package let byteCount: Int
  package let sha256: String

  /// How much is read at once.
  private static let stepByteCount = 1 << 20

  /// Reads a regular file, links followed; nil where there is none.
  ///
  /// - Parameter step: Called with the number of bytes that were just read.
  package init?(of path: String, step: (Int) throws -> Void) throws {
    guard let status = try FileStatus(path), status.kind == .regular else { return nil }
    let file = try OpenFile(path: path, displayName: path)
    var digest = SHA256()
    var byteCount = 0
    while true {
      let bytes = try [UInt8](capacity: Self.stepByteCount) { room throws(IngestError) in
        _ = try file.appendNext(to: &room)
      }
      guard !bytes.isEmpty else { break }
      digest.update(bytes.span.bytes)
      byteCount += bytes.count
      try step(bytes.count)
    }
    self.byteCount = byteCount
    sha256 = digest.finish().hexadecimal
  }

  /// Whether there is a regular file, links followed.
  package static func exists(_ path: String) -> Bool {
    (try? FileStatus(path))??.kind == .regular
  }

  /// The size of a regular file, links followed; nil where there is none.
  package static func size(_ path: String) -> Int? {
    guard let status = (try? FileStatus(path)) ?? nil, status.kind == .regular else { return nil }
    return status.byteCount
  }

  /// Whether there is a folder, links followed.
  package static func isFolder(_ path: String) -> Bool {
    (try? FileStatus(path))??.kind == .folder
  }

  /// The paths below a folder of all that is not a folder, hidden names left out; links to folders are
  /// not followed further than in a circle.
  package static func visibleFiles(below folder: String) throws(IngestError) -> [String] {
    try visibleFiles(below: folder, at: "", depth: 0)
  }

  private static func visibleFiles(
    below folder: String, at prefix: String, depth: Int
  ) throws(IngestError) -> [String] {
    var files: [String] = []
    for name in try FileStatus.names(inFolder: folder + "/" + prefix)
    where !name.hasPrefix(".") {
      let path = prefix + name
      if depth < 16, try FileStatus(folder + "/" + path)?.kind == .folder {
        files += try visibleFiles(below: folder, at: path + "/", depth: depth + 1)
      } else {
        files.append(path)
      }
    }
    return files
  }
}
