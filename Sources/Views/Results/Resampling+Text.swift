internal import Evaluate
internal import Records

extension Resampling {
  /// What a star behind a figure means; nil where there are no intervals.
  ///
  /// - Parameter units: what is drawn, such as `prompts`.
  func starNote(of units: String) -> String? {
    guard count > 0 else { return nil }
    return "* differs from the original: the 95 % interval of the difference excludes 0 "
      + "(\(Quantity.count(count)) resamples of \(units), seed \(seed))"
  }
}
