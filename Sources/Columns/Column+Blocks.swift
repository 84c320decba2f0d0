extension Column {
  /// Copies the elements from `start` on, as many as `block` holds.
  @inlinable
  package func copy(from start: Int, into block: inout MutableSpan<Element>) {
    var done = 0
    while done < block.count {
      let piece = pieces[(start + done) >> Self.pieceBits]
      let elements = piece.span
      let first = (start + done) & Self.pieceMask
      let count = Swift.min(block.count - done, elements.count - first)
      for index in 0..<count { block[done + index] = elements[first + index] }
      done += count
    }
  }
}
