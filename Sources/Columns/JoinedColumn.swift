/// Columns one after the other.
package struct JoinedColumn: NumberSource {
  private let parts: [any NumberSource]
  /// Where each part starts.
  private let starts: [Int]
  package let count: Int

  package init(_ parts: [any NumberSource]) {
    var (starts, count) = ([Int](), 0)
    for part in parts {
      starts.append(count)
      count += part.count
    }
    (self.parts, self.starts, self.count) = (parts, starts, count)
  }

  package subscript(index: Int) -> Double {
    let part = starts.lastIndex { $0 <= index } ?? 0
    return parts[part][index - starts[part]]
  }

  package func copy(from start: Int, into block: inout MutableSpan<Double>) {
    let end = start + block.count
    for (part, first) in zip(parts, starts) {
      let (lower, upper) = (max(start, first), min(end, first + part.count))
      guard lower < upper else { continue }
      block.withUnsafeMutableBufferPointer { block in
        var piece = block.extracting(lower - start..<upper - start).mutableSpan
        part.copy(from: lower - first, into: &piece)
      }
    }
  }
}
