/// What calibration did to the pairs: the pairs of the calibrated scores against those that the
/// raw rewards would have given.
package struct CalibrationEffect: Equatable, Sendable {
  /// Prompts with the same pairs either way.
  package var unchanged = 0
  /// Prompts whose one pair is turned round.
  package var swapped = 0
  /// Prompts with other pairs.
  package var changed = 0
  /// Prompts with pairs only after calibration.
  package var gained = 0
  /// Prompts with pairs only before calibration.
  package var lost = 0

  package init() {}

  /// Prompts with pairs before calibration.
  package var former: Int { unchanged + swapped + changed + lost }

  /// The share of prompts with pairs before calibration that have other pairs after it, or none; nil
  /// where no prompt had pairs.
  package var changedShare: Double? {
    former == 0 ? nil : Double(swapped + changed + lost) / Double(former)
  }

  /// Counts a prompt.
  package mutating func count(before: PairSelector.Outcome, after: PairSelector.Outcome) {
    switch (before, after) {
    case (.dropped, .dropped): break
    case (.dropped, .pairs): gained += 1
    case (.pairs, .dropped): lost += 1
    case (.pairs(let old), .pairs(let new)):
      if old == new {
        unchanged += 1
      } else if old.count == new.count,
        zip(old, new).allSatisfy({ $0.chosen == $1.rejected && $0.rejected == $1.chosen })
      {
        swapped += 1
      } else {
        changed += 1
      }
    }
  }

  /// Adds the prompts that another has counted.
  package mutating func merge(_ other: CalibrationEffect) {
    unchanged += other.unchanged
    swapped += other.swapped
    changed += other.changed
    gained += other.gained
    lost += other.lost
  }
}
