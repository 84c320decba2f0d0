internal import Calibrate
package import Curves
internal import Emit
internal import Hashing
internal import Ingest
package import JSON
internal import PairBuilder
package import Records
internal import Rows
package import Scan
package import Settings

/// Everything that is known at the end of a run.
package struct RunResult {
  package var configuration: Configuration
  /// What rows are like, in words.
  package var layout: String
  /// The fields that name the models of answers.
  package var modelFields: [String]
  package var inputs: [InputReport]
  /// Earlier datasets whose prompts are not used.
  package var excluded: [InputReport]
  /// What prompts have of each benchmark that they were held against.
  package var benchmarks: [BenchmarkReport]
  /// What came of the search for near duplicates; nil where there was none.
  package var nearDuplicates: NearDuplicateCounts?
  package var plan: PlanStage.Result
  package var fit: FitStage.Result
  /// How the rewards of several reward models were combined; nil where there was one reward.
  package var combination: CombinationRecord?
  /// Where the curves were read from; nil where they were fitted.
  package var curveSource: CurveSource?
  /// How the curves lie to those of an earlier round; nil where none are named.
  package var previous: PreviousCurves?
  /// What documents say of the tokenizer's file; null where no tokens are counted.
  package var tokenizer: JSONValue
  /// The SHA-256 of curve.json, in hexadecimal.
  package var curveDigest: String
  /// Of the raw rewards, and of the scores.
  package var before: BiasDiagnostics
  package var after: BiasDiagnostics
  /// Nil where no intervals are wanted.
  package var intervals: FigureIntervals?
  /// Nil where no intervals are wanted, or nothing was removed.
  package var sensitivity: Sensitivity?
  /// What the user was warned of, in the order of the stages.
  package var warnings: [Diagnostic] = []

  package var ledger: Ledger { plan.ledger }

  /// The warnings as the dataset's documents tell them: without absolute paths.
  package var publishedWarnings: [Diagnostic] {
    warnings.map { warning in
      guard var location = warning.location else { return warning }
      location.file = configuration.publishedPath(location.file)
      var published = warning
      published.location = location
      return published
    }
  }
}
