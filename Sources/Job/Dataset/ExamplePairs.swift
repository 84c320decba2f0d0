internal import Columns
internal import Ingest
package import Records
package import Scan

/// Some prompts that calibration gave another pair, for people to read.
package struct ExamplePairs {
  /// What a prompt's first pair was, and what it became.
  package struct Example {
    /// nil where there was none.
    package var before: PairPlan?
    package var after: PairPlan?

    fileprivate var plans: [PairPlan] { [before, after].compactMap(\.self) }
  }

  /// From the largest change of the length gap to the smallest.
  package let examples: [Example]
  /// Chooses examples at even steps through all changes, so that they show what is usual as well
  /// as what is extreme.
  ///
  /// - Parameter count: The most examples, from 2.
  package init(_ plan: PlanStage.Result, in table: CandidateTable, count: Int) {
    let changes = Self.changes(from: plan.formerPlans, to: plan.plans)
    func gap(_ plan: PairPlan?) -> Double {
      plan.map { table.primary[Int($0.chosen)] - table.primary[Int($0.rejected)] } ?? 0
    }
    let sizes = changes.map { abs(gap($0.after) - gap($0.before)) }
    let order = changes.indices.sorted {
      sizes[$0] != sizes[$1] ? sizes[$0] > sizes[$1] : $0 < $1
    }
    let chosen = min(count, order.count)
    examples = (0..<chosen).map { changes[order[$0 * (order.count - 1) / max(1, chosen - 1)]] }
  }

  /// The prompts whose first pair is not what it was, in the order of the prompts.
  private static func changes(from old: [PairPlan], to new: [PairPlan]) -> [Example] {
    var changes: [Example] = []
    var (oldPlace, newPlace) = (0, 0)
    while oldPlace < old.count || newPlace < new.count {
      let prompt = min(
        oldPlace < old.count ? old[oldPlace].prompt : .max,
        newPlace < new.count ? new[newPlace].prompt : .max)
      let before = first(of: prompt, in: old, passing: &oldPlace)
      let after = first(of: prompt, in: new, passing: &newPlace)
      if before != after { changes.append(Example(before: before, after: after)) }
    }
    return changes
  }

  /// The first pair of a prompt; nil where it has none.
  ///
  /// - Parameter place: Where its pairs would stand; then behind them.
  private static func first(
    of prompt: UInt32, in plans: [PairPlan], passing place: inout Int
  ) -> PairPlan? {
    let start = place
    while place < plans.count, plans[place].prompt == prompt { place += 1 }
    return start < place ? plans[start] : nil
  }

  /// The candidates whose texts are wanted.
  package var candidates: Set<UInt32> {
    Set(examples.flatMap { $0.plans.flatMap { [$0.chosen, $0.rejected] } })
  }

  /// The prompts whose texts are wanted.
  package var promptNumbers: Set<UInt32> { Set(examples.flatMap { $0.plans.map(\.prompt) }) }

  /// Selects the texts that are wanted.
  func select(from scan: InputScan.Result, in selection: inout TextSelection) {
    for candidate in candidates { selection.insert(response: Int(candidate)) }
    for prompt in promptNumbers {
      if let first = scan.groups[Int(prompt)].first { selection.insert(promptOf: Int(first)) }
    }
  }
}
