/// What became of a pair from one dataset to another.
package enum PairChange: String, CaseIterable, Sendable {
  case unchanged
  /// Chosen and rejected have changed places.
  case swapped
  case chosenReplaced = "chosen_replaced"
  case rejectedReplaced = "rejected_replaced"
  case bothReplaced = "both_replaced"
  /// The same answers to the same prompt but for white space and Unicode's composed form, or the
  /// same answers to a prompt that is written otherwise.
  case textOnly = "text_only"
  /// The same texts with other scores.
  case scoreOnly = "score_only"
  /// The same texts and scores, as messages instead of strings or the like.
  case formatOnly = "format_only"
  /// A pair that the old dataset has no counterpart for.
  case added
  /// A pair that the new dataset has no counterpart for.
  case removed

  /// Whether other answers are preferred than before.
  package var isPreference: Bool {
    switch self {
    case .swapped, .chosenReplaced, .rejectedReplaced, .bothReplaced: true
    default: false
    }
  }
}

extension PairChange {
  /// What became of `old`, given its counterpart.
  ///
  /// - Parameter tolerance: How far scores may be apart and still be the same, both absolutely and
  ///   relative to the larger.
  init(from old: PairRecord, to new: PairRecord, tolerance: Double) {
    let keepsChosen = old.chosen.text.loose == new.chosen.text.loose
    let keepsRejected = old.rejected.text.loose == new.rejected.text.loose
    let isSwapped =
      old.chosen.text.loose == new.rejected.text.loose
      && old.rejected.text.loose == new.chosen.text.loose
    switch (keepsChosen, keepsRejected) {
    case (true, true):
      let isExact =
        old.chosen.text.exact == new.chosen.text.exact
        && old.rejected.text.exact == new.rejected.text.exact
        && old.prompt.exact == new.prompt.exact
      let keepsScores =
        Self.areSame(old.chosen.score, new.chosen.score, tolerance)
        && Self.areSame(old.rejected.score, new.rejected.score, tolerance)
      self =
        !isExact
        ? .textOnly
        : !keepsScores ? .scoreOnly : old.shape != new.shape ? .formatOnly : .unchanged
    case _ where isSwapped: self = .swapped
    case (true, false): self = .rejectedReplaced
    case (false, true): self = .chosenReplaced
    case (false, false): self = .bothReplaced
    }
  }

  private static func areSame(_ first: Double, _ second: Double, _ tolerance: Double) -> Bool {
    first.isNaN
      ? second.isNaN : abs(first - second) <= tolerance * max(1, abs(first), abs(second))
  }
}
