internal import Glibc

extension Chunk {
  /// Visits the rows in order: each line that is not blank, or each element of the array.
  ///
  /// - Parameter visit: gets the content's first byte and the row's offsets from it; false ends the
  ///   visit. The chunk's padding follows the content, so wide loads need no special end.
  package func forEachRow(_ visit: (UnsafePointer<UInt8>, Range<Int>) -> Bool) {
    withBytes { bytes in
      guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
      if let rows {
        for row in rows where !visit(base, row) { return }
        return
      }
      var start = 0
      while start < bytes.count {
        let rest = bytes.count - start
        let end =
          memchr(base + start, 0x0A, rest)
          .map { UnsafeRawPointer($0) - UnsafeRawPointer(base) } ?? bytes.count
        if !Self.isBlank(base, start..<end), !visit(base, start..<end) { return }
        start = end + 1
      }
    }
  }

  private static func isBlank(_ base: UnsafePointer<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range {
      switch base[index] {
      case 0x20, 0x09, 0x0D: continue
      default: return false
      }
    }
    return true
  }
}
