internal import Records

/// Small files that are read whole, as they are.
package enum WholeFile {
  /// How much is read at once.
  private static let stepByteCount = 1 << 16
  /// What is longer is not a small file: a device behind a link has no end.
  package static let byteLimit = 256 << 20

  /// The bytes of a file or of a pipe.
  ///
  /// - Parameters:
  ///   - name: The file as the user knows it; nil for its path.
  ///   - paddingCount: How many zeros follow the bytes.
  ///   - limit: How many bytes the file may have.
  package static func bytes(
    of path: String, named name: String? = nil, paddingCount: Int = 0, limit: Int = byteLimit
  ) throws(IngestError) -> [UInt8] {
    let file = try OpenFile(path: path, displayName: name ?? path)
    // What a file says of its size is a hint: a pipe has none, and others may grow meanwhile.
    let expected = try file.byteCount()
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(expected, limit) + paddingCount)
    while true {
      let step = try [UInt8](capacity: stepByteCount) { room throws(IngestError) in
        _ = try file.appendNext(to: &room)
      }
      guard !step.isEmpty else { break }
      bytes += step
      guard bytes.count <= limit else {
        throw IngestError(
          .unsupported,
          "the file has more than \(limit) bytes, too many for one that is read whole",
          at: SourceLocation(file: name ?? path), hint: "is it the file that was meant?")
      }
    }
    bytes += repeatElement(0, count: paddingCount)
    return bytes
  }
}
