/// Small files that are read whole, as they are.
package enum WholeFile {
  /// How much is read at once.
  private static let stepByteCount = 1 << 16

  /// The bytes of a file or of a pipe.
  ///
  /// - Parameters:
  ///   - name: The file as the user knows it; nil for its path.
  ///   - paddingCount: How many zeros follow the bytes.
  package static func bytes(
    of path: String, named name: String? = nil, paddingCount: Int = 0
  ) throws(IngestError) -> [UInt8] {
    let file = try OpenFile(path: path, displayName: name ?? path)
    // What a file says of its size is a hint: a pipe has none, and others may grow meanwhile.
    let expected = try file.byteCount()
    var bytes: [UInt8] = []
    bytes.reserveCapacity(expected + paddingCount)
    while true {
      let step = try [UInt8](capacity: stepByteCount) { room throws(IngestError) in
        _ = try file.appendNext(to: &room)
      }
      guard !step.isEmpty else { break }
      bytes += step
    }
    bytes += repeatElement(0, count: paddingCount)
    return bytes
  }
}
