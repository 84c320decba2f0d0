package import Records

/// Everything a run is given: validated, resolved, and the same for every stage.
///
/// The values here are the defaults; `Setting.all` says how each key is written and what it means.
package struct Configuration: Equatable, Sendable {
  package var input = Input()
  package var calibration = Calibration()
  package var filters = Filters()
  package var pairs = Pairs()
  package var split = Split()
  package var output = Output()
  package var run = Run()
  package var report = Report()

  package init() {}

  /// What is measured of every answer: what the bias is removed of, then what margins are taken of
  /// beside the scores.
  package var measures: [Records.Characteristic] {
    let characteristics = calibration.characteristics.map(\.measure)
    let fields = pairs.fieldMargins.map { Records.Characteristic.field($0.field) }
    return characteristics + fields.filter { !characteristics.contains($0) }
  }

  /// Whether the models of answers are of use to anything.
  package var readsModels: Bool {
    calibration.usesModels || output.keepsModels || pairs.usesModels
  }
}

extension Configuration {
  /// What is read.
  package struct Input: Equatable, Sendable {
    /// What happens at a malformed row.
    package enum ErrorPolicy: String, CaseIterable, Sendable {
      case fail, skip
    }

    /// Files, globs, folders, archives, `-`; never empty in a configuration that was loaded.
    package var paths: [String] = []
    /// Datasets whose prompts are not used again.
    package var exclude: [String] = []
    /// nil: the folder that the command runs in.
    package var base: String?
    package var format = InputFormat.automatic
    package var fields = Fields()
    package var onError = ErrorPolicy.fail
    /// Malformed rows after which `skip` gives up.
    package var maxErrors = 100
    /// Bytes; a longer row is malformed.
    package var maxRow = 32 << 20
    /// How much of their text compressed files may refer back to, in bytes.
    package var maxWindow = 128 << 20
    package var rewardOrder = RewardOrder.automatic
    /// nil: the whole answer, with a note where answers hold thinking.
    package var thinking: ThinkingPolicy?
    package var idConflicts = IDConflictPolicy.fail
    /// A tokenizer's file, for token lengths.
    package var tokenizer: String?
    /// The most prompts that are used; nil for all.
    package var limit: Int?
    /// What their choice depends on beside their identities.
    package var limitSeed = 0
    /// The size of a stream in bytes, and the SHA-256 of it in hexadecimal.
    package var streamBytes: Int?
    package var streamDigest: String?

    package init() {}
  }

  package typealias Fields = FieldMap

  /// How the bias is estimated and removed.
  package struct Calibration: Equatable, Sendable {
    package enum Method: String, CaseIterable, Sendable {
      /// Locally weighted regression (arXiv 2409.17407, section 3).
      case lwr
      /// Mean reward of candidates of similar length (RC-Mean of the same paper).
      case mean
      /// Reward minus a constant times the characteristic.
      case penalty
      case none
    }

    package enum Scope: String, CaseIterable, Sendable {
      case global
      case withinPrompt = "within_prompt"
    }

    package enum ModelEffects: String, CaseIterable, Sendable {
      /// Where rows name several.
      case auto, never
    }

    package enum Transform: String, CaseIterable, Sendable {
      case none
      /// Of probabilities, kept at least `clip` from 0 and 1.
      case logit
      /// Mid-ranks within the prompt as fractions.
      case rank
      /// Standardized within the prompt.
      case zscore
    }

    /// How the rewards of several reward models become one.
    package enum Combine: String, CaseIterable, Sendable {
      /// The weighted mean of rewards over their standard deviation within prompts.
      case scaledMean = "scaled_mean"
      /// The weighted mean of mid-ranks within the prompt as fractions.
      case meanRank = "mean_rank"
      /// The least of the scaled deviations from the prompt's mean.
      case min
      /// Their weighted mean less `lambda` of their standard deviations between models.
      case meanMinusDeviation = "mean_minus_sd"
    }

    package var combine = Combine.scaledMean
    /// `mean_minus_sd`: how many standard deviations between models are taken off.
    package var lambda = 1.0
    /// Whether each of several rewards is calibrated by itself, instead of what they are combined to.
    package var each = false
    package var method = Method.lwr
    /// What is put in place of rewards before all else.
    package var transform = Transform.none
    /// `logit`: how near to 0 and 1 probabilities may come.
    package var clip = 1e-4
    /// Removed one after the other; never empty.
    package var characteristics = [Characteristic(.chars)]
    /// Whether they are fitted together instead: the first as a curve, the others as lines.
    package var jointly = false
    package var scope = Scope.withinPrompt
    /// Within prompts, whether models that rows name have effects of their own.
    package var modelEffects = ModelEffects.auto
    /// The share of candidates in one LOWESS window, above 0 and at most 1; nil: chosen by
    /// cross-validation.
    package var frac: Double? = 0.3
    /// Bisquare passes; nil: as many as suit the scope.
    package var iterations: Int?
    /// Values of the characteristic this near to the last line are interpolated; 0: none.
    package var delta = 0.0
    /// `mean`: the window is ± the mean length difference divided by this.
    package var ratio = 4.0
    /// `mean`: windows with fewer candidates leave the reward alone.
    package var minCount = 10
    /// `penalty`: reward a unit of the characteristic.
    package var coefficient = 0.001
    /// What a chosen alpha brings to where it should be, of the last characteristic.
    package enum Target: String, CaseIterable, Sendable {
      /// The mean of chosen − rejected.
      case meanGap = "mean_gap"
      /// The share of pairs whose chosen answer is the longer, those of equal length by half.
      case longerChosen = "longer_chosen"
      /// The mean logarithm of chosen over rejected.
      case logRatio = "log_ratio"
      /// What labelled pairs tell.
      case labels
    }

    package var target = Target.meanGap
    /// Where that should be; the share of longer chosen should be one half.
    package var targetGap = 0.0
    /// Whether intervals are estimated by fitting again without groups of prompts.
    package var intervals = true
    /// A saved curve to use instead of a fit.
    package var curve: String?
    /// Whether a saved curve of rewards on another scale is refused.
    package var curveCheck = true
    /// Labelled pairs that the calibration is judged by.
    package var labels: String?

    package init() {}

    /// Bisquare passes.
    ///
    /// Within prompts the first takes nearly all that there is to gain against outliers, and every one
    /// takes precision where there are none; the paper's curves have three.
    package var passes: Int { iterations ?? (scope == .global ? 3 : 1) }

    /// Whether the models of answers are of use to the fit.
    package var usesModels: Bool {
      scope == .withinPrompt && modelEffects == .auto && curve == nil
        && (method == .lwr || method == .mean)
    }
  }

  /// What a candidate is measured by, and how much of its bias is removed.
  package struct Characteristic: Equatable, Sendable {
    package var measure: Records.Characteristic
    /// nil: chosen so that the pairs have the target gap; only of the last characteristic.
    package var alpha: Double?

    package init(_ measure: Records.Characteristic, alpha: Double? = 1) {
      self.measure = measure
      self.alpha = alpha
    }
  }

  /// Which prompts are kept for testing.
  package struct Split: Equatable, Sendable {
    /// The share of prompts, from 0 up to but not including 1.
    package var test = 0.0
    package var salt = "dpo-prep"
    /// The path of the field that says which split a row belongs to.
    package var field: String?

    package init() {}
  }

  /// What is written.
  package struct Output: Equatable, Sendable {
    package enum Format: String, CaseIterable, Sendable {
      case parquet, jsonl
    }

    package enum Compression: String, CaseIterable, Sendable {
      case none, gzip, zstd, snappy
    }

    /// The dataset's folder; never empty in a configuration that was loaded.
    package var dir = ""
    package var format = Format.parquet
    /// The first is the dataset's default; never empty, no two the same.
    package var profiles = [Profile.alignmentHandbook]
    /// Paths of fields that pass through; `model` is each answer's.
    package var keep: [String] = []
    /// Whether each pair has every answer to its prompt beside it.
    package var allAnswers = false
    /// For the dataset card, as are those that follow.
    package var license: String?
    package var sourceDatasets: [String] = []
    /// Codes of ISO 639.
    package var languages: [String] = []
    package var prettyName: String?
    package var taskCategories = ["text-generation"]
    /// Those that are added to the program's own.
    package var tags: [String] = []
    package var compression = Compression.zstd
    package var shardRows = 100_000
    package var overwrite = false

    package init() {}

    /// Whether the models of the answers are kept.
    package var keepsModels: Bool { keep.contains("model") }

    /// The fields that pass through: their paths and the names of their columns.
    package var keptFields: [(path: String, name: String)] {
      keep.filter { $0 != "model" }.map { path in
        (path, path.split(separator: ".").last.map(String.init) ?? path)
      }
    }

    /// The place among ``keptFields`` of the one that says where a prompt comes from; nil where none
    /// does.
    package var sourceField: Int? {
      let names = keptFields.map(\.name)
      return ["source", "dataset"].lazy.compactMap { names.firstIndex(of: $0) }.first
    }
  }

  /// What the machine is used for.
  package struct Run: Equatable, Sendable {
    /// nil: one a processor.
    package var threads: Int?
    /// Bytes.
    package var memory = 768 << 20
    /// nil: beside the output.
    package var temporaryFolder: String?

    package init() {}
  }

  /// What is written about the run.
  package struct Report: Equatable, Sendable {
    package var html = true
    /// An earlier curve to compare the new one with: its file, or the folder of its dataset.
    package var previousCurve: String?

    package init() {}
  }
}
