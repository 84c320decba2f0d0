package import JSON
package import Job
internal import PairBuilder
package import Records
package import Settings

/// What came of a sweep.
package struct SweepResult {
  /// What came of a variant.
  package struct Outcome {
    package let variant: Sweep.Variant
    /// Nil where there is no dataset.
    package var figures: SweepFigures?
    package var failure: (any ReportableError)?

    /// Where the dataset is.
    package var folder: String { variant.configuration.output.dir }
  }

  package let axes: [Sweep.Axis]
  package var outcomes: [Outcome]
  /// What variants warn of, and which do, in words; empty where all do.
  package var warnings: [(variants: String, diagnostic: Diagnostic)] = []
  /// How often the input was measured.
  package var scans = 0
  package var seconds = 0.0
  package let writesData: Bool

  package init(_ sweep: Sweep, writesData: Bool) {
    axes = sweep.axes
    self.writesData = writesData
    outcomes = sweep.variants.map { Outcome(variant: $0) }
  }

  /// How the first variant failed that did.
  package var firstFailure: (any ReportableError)? { outcomes.lazy.compactMap(\.failure).first }

  /// What settings are called in tables: the last part of their keys, as far as that tells them apart.
  var axisNames: [String] {
    let names = axes.map { $0.key.split(separator: ".").last.map(String.init) ?? $0.key }
    return zip(names, axes).map { name, axis in
      names.count { $0 == name } > 1 ? axis.key : name
    }
  }
}

/// The figures by which variants of a sweep are compared.
package struct SweepFigures {
  /// What a figure was by the rewards, and what it is by the scores.
  package struct Change {
    var before: Double?
    var after: Double?
    /// The 95 % interval of the latter; nil where it is not known.
    var interval: ClosedRange<Double>?
  }

  package let pairs: Int
  let promptsDropped: Int
  let longerChosen: Change
  let meanGap: Change
  let withinPrompt: Change
  /// The share of prompts whose best or worst score is tied.
  package let ties: Change
  package let warnings: Int
  /// The first variant's pairs that this one has too, and their share of the first's; nil where the
  /// two cannot be compared.
  package let samePairs: (count: Int, share: Double)?
  /// What `run --json` prints.
  package let summary: JSONValue

  package init(_ result: RunResult, summary: JSONValue, samePairs: (count: Int, share: Double)?) {
    func change(_ before: Double?, _ after: Double?, _ figure: FigureSums.Figure?) -> Change {
      Change(
        before: before, after: after, interval: figure.flatMap { result.intervals?.after[$0] })
    }
    let (plan, ledger) = (result.plan, result.ledger)
    pairs = ledger.pairs
    promptsDropped = ledger.promptsRead - ledger.promptsPaired
    longerChosen = change(
      plan.before.longerChosenShare, plan.after.longerChosenShare, .longerChosen)
    meanGap = change(plan.before.meanLengthGap, plan.after.meanLengthGap, .meanGap)
    withinPrompt = change(
      result.before.withinPrompt, result.after.withinPrompt, .withinPrompt)
    ties = change(plan.tiesBefore.share, plan.tiesAfter.share, nil)
    warnings = result.warnings.count
    self.samePairs = samePairs
    self.summary = summary
  }
}
