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
    let step = UnsafeMutableRawBufferPointer.allocate(byteCount: stepByteCount, alignment: 16)
    defer { step.deallocate() }
    while true {
      let count = try file.readNext(into: step)
      guard count > 0 else { break }
      bytes += step[..<count]
    }
    bytes += repeatElement(0, count: paddingCount)
    return bytes
  }
}
