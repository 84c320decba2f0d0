internal import Bytes
package import JSON

extension Chunk {
  /// Visits the rows in order: each line that is not blank, or each element of the array.
  ///
  /// - Parameter visit: gets the content and the row's place in it; false ends the visit.
  package func forEachRow(_ visit: (PaddedBytes, Range<Int>) -> Bool) {
    withText { source in
      if let rows {
        for row in rows where !visit(source, row) { return }
        return
      }
      withBytes { bytes in
        var start = 0
        while start < bytes.count {
          let end = bytes.firstIndex(of: TextByte.newline, from: start) ?? bytes.count
          if !Self.isBlank(bytes, start..<end), !visit(source, start..<end) { return }
          start = end + 1
        }
      }
    }
  }

  private static func isBlank(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range {
      switch bytes[index] {
      case 0x20, 0x09, 0x0D: continue
      default: return false
      }
    }
    return true
  }
}
