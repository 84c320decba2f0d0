/// What becomes of the matches that a text is split by.
enum SplitBehavior: String, CaseIterable, Sendable {
  case removed = "Removed"
  case isolated = "Isolated"
  case mergedWithPrevious = "MergedWithPrevious"
  case mergedWithNext = "MergedWithNext"
  case contiguous = "Contiguous"
}

/// Joins the matches of a text and what is between them to the pieces that a behaviour asks for.
///
/// Parts come in their order, one beginning where the other ends. One piece waits for what follows.
struct PieceJoiner {
  private let behavior: SplitBehavior
  private var waiting: Range<Int>?
  /// Whether the part before was a match.
  private var followsMatch = false

  init(_ behavior: SplitBehavior) { self.behavior = behavior }

  /// Takes the next part.
  ///
  /// - Returns: the piece that is complete by it; nil where none is.
  mutating func next(_ part: Range<Int>, isMatch: Bool) -> Range<Int>? {
    defer { followsMatch = isMatch }
    let joins =
      switch behavior {
      case .removed: false
      case .isolated: false
      case .contiguous: isMatch == followsMatch
      case .mergedWithPrevious: isMatch && !followsMatch
      case .mergedWithNext: !isMatch && followsMatch
      }
    if joins, let before = waiting {
      waiting = before.lowerBound..<part.upperBound
      return nil
    }
    let complete = waiting
    waiting = behavior == .removed && isMatch ? nil : part
    return complete
  }

  /// The piece that is complete by the end of the text.
  mutating func finish() -> Range<Int>? {
    defer { waiting = nil }
    return waiting
  }
}
