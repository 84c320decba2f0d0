extension String {
  /// What `evaluate --json` prints without what it was made of, which comes last.
  var figures: Substring {
    range(of: "\"origin\": {").map { self[..<$0.lowerBound] } ?? self[...]
  }

  private func range(of part: String) -> Range<Index>? { ranges(of: part).first }
}
