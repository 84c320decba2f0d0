internal import Audit
internal import Evaluate
internal import Records
internal import Rows
internal import Scan
internal import Settings
internal import Text

/// What `run` is given besides its configuration.
struct RunOptions: Equatable, Sendable {
  var source = ConfigurationSource()
  /// The dataset's folder; with it, files of data need no configuration.
  var output: String?
  /// Tell what would be written, and write nothing.
  var isDryRun = false
  /// Draw figures with characters below the summary.
  var plots = false
  var figures = FigureOptions()
  /// Print the results as one JSON object instead of a table.
  var printsJSON = false
}

/// What `fit` is given besides its configuration.
struct FitOptions: Equatable, Sendable {
  var source = ConfigurationSource()
  /// A configuration beside operands that are all input.
  var configuration: String?
  /// Where the curve goes; nil or `-` is standard output.
  var output: String?
}

/// What `inspect` looks at.
struct InspectOptions: Equatable, Sendable {
  /// Files, globs, folders, archives, `-`; never empty.
  var paths: [String] = []
  var format = InputFormat.automatic
  var fields = Configuration.Fields()
  /// List the layouts that are known instead.
  var listsFormats = false
  /// Whether figures are drawn with characters; nil for on a terminal.
  var plots: Bool?
  var printsJSON = false
}

/// What `validate` looks at.
struct ValidateOptions: Equatable, Sendable {
  /// A folder, a file or a pattern.
  var dataset = ""
  /// Nil for the profile that the first row looks like.
  var profile: Profile?
  var printsJSON = false
}

/// What `verify` looks at.
struct VerifyOptions: Equatable, Sendable {
  /// A dataset's folder.
  var dataset = ""
  var printsJSON = false
}

/// What `audit` looks at.
struct AuditOptions: Equatable, Sendable {
  /// A folder, a file or a pattern.
  var dataset = ""
  /// Nil for the profile that the first row looks like.
  var profile: Profile?
  /// Columns that pairs are grouped by; empty for the usual ones.
  var groupColumns: [String] = []
  /// Conditions that make the command fail.
  var failureConditions: [AuditCondition] = []
  /// List the metrics instead.
  var listsMetrics = false
  /// The tokenizer that tokens are counted by; nil for no tokens.
  var tokenizer: String?
  /// The tokens that a trainer takes of a prompt and an answer.
  var maxLength: Int?
  /// Where a report for the browser goes.
  var reportPath: String?
  var figures = FigureOptions()
  var printsJSON = false
}

/// What `diff` compares.
struct DiffOptions: Equatable, Sendable {
  /// Folders, files or patterns.
  var old = ""
  var new = ""
  /// How many changes are shown in full.
  var exampleCount = 5
  /// The most rows of each kind of change in JSON.
  var listedRows = 1000
  /// How far scores may be apart and still be the same.
  var tolerance = 1e-6
  /// Columns that pairs are grouped by; empty for the usual ones.
  var groupColumns: [String] = []
  /// Where a report for the browser goes.
  var reportPath: String?
  var figures = FigureOptions()
  var printsJSON = false
  var printsMarkdown = false
}

/// What `config` does.
enum ConfigAction: Equatable, Sendable {
  /// Print a configuration to start from.
  case initialize
  /// Print every value and where it came from.
  case show(ConfigurationSource)
  /// Print the JSON Schema.
  case schema
  /// Print the table of settings in Markdown.
  case table
}

/// What `config diff` compares.
struct ConfigDiffOptions: Equatable, Sendable {
  /// Files, or folders of datasets or jobs.
  var old = ""
  var new = ""
  var printsJSON = false
}

/// What `evaluate` looks at.
struct EvaluateOptions: Equatable, Sendable {
  enum Kind: Equatable, Sendable {
    case rewardbench, alpacaeval
  }

  /// The keys of `calibration` that evaluations know.
  static let settingKeys = [
    "transform", "clip", "characteristics", "scope", "frac", "iterations", "delta", "ratio",
    "min_count", "coefficient",
  ]

  /// Those that say how several models become one, for `--ensemble`.
  static let ensembleKeys = ["combine", "lambda"]

  var kind = Kind.rewardbench
  /// List the forms of benchmarks instead.
  var listsFormats = false
  /// Files, folders or patterns of scores.
  var paths: [String] = []
  /// The benchmark's own texts.
  var textsPath: String?
  /// Add what all models say together.
  var addsEnsemble = false
  /// What a leaderboard is made of besides its rows.
  var leaderboard = LeaderboardOptions()
  /// `calibration.KEY=VALUE` arguments.
  var settings: [String] = []
  /// What ties count; nil for the published way if everything is to be, else half.
  var ties: TieRule?
  var isReferenceCompatible = false
  /// How often prompts are drawn anew for intervals; 0 for none.
  var resamples = 200
  /// What the draws follow from.
  var seed: UInt64 = 0
  /// Where a table for spreadsheets goes.
  var csvPath: String?
  /// Where a report for the browser goes.
  var reportPath: String?
  var figures = FigureOptions()
  var printsJSON = false
}

/// What `evaluate alpacaeval` is given besides its rows.
struct LeaderboardOptions: Equatable, Sendable {
  /// The model that the others are compared with.
  var baseline = "gpt4_1106_preview"
  /// The baseline's file, where it is not among the others.
  var baselineFile: String?
  /// What baseline answers without a score count.
  var baselineScore: Double?
  var fitsBaseline = false
  /// The field of the score; nil for `score`, else `reward`.
  var scoreField: String?
  /// Whether scores are preferences over the baseline.
  var takesPreferences = false
  /// What preferences mean; nil to tell it from them.
  var preferenceScale: PreferenceScale?
  /// How near to 0 and 1 a preference may be.
  var clip = 1e-4
  var rankings: [RankingOption] = []
  /// AlpacaEval's file of instruction difficulties.
  var gamedPath: String?
}

/// An external ranking: `NAME=FILE:COLUMN`.
struct RankingOption: Equatable, Sendable {
  var name: String
  var path: String
  var column: String
}
