internal import Glibc
package import Ingest
internal import Records
package import Work

/// What is read of outputs of models for the same instructions.
package struct LeaderboardRows: Sendable {
  /// Where scores are and what they mean.
  package struct Scoring: Sendable {
    /// The field of the score; nil for `score`, else `reward`, before them `preference` if that is
    /// what scores are.
    package var field: String?
    /// Whether scores are a judge's preferences; rows of annotations always have preferences.
    package var takesPreferences: Bool
    /// What preferences mean; nil to tell it from all of them.
    package var scale: PreferenceScale?
    /// How near to 0 and 1 a preference may be before its logit is taken.
    package var clip: Double

    package init(
      field: String?, takesPreferences: Bool, scale: PreferenceScale?, clip: Double
    ) {
      self.field = field
      self.takesPreferences = takesPreferences
      self.scale = scale
      self.clip = clip
    }

    /// The logit of a preference; NaN for what is none on this scale.
    func logit(_ score: Double, _ scale: PreferenceScale) -> Double {
      let found = scale.preference(score)
      guard !found.isNaN else { return .nan }
      let preference = min(max(found, clip), 1 - clip)
      return log(preference / (1 - preference))
    }
  }

  struct Row: Sendable {
    /// The instruction's number.
    var instruction: Int
    /// The score as it was read until ``settle(_:)`` has made a reward of it; NaN for none.
    var reward: Double
    /// The preference from 0 to 1, once settled; NaN where scores are none.
    var preference = Double.nan
    /// The instruction's number in AlpacaEval's order, where the row tells it.
    var index: Int?
    /// Whether the score is the other output's: the baseline stands where the model should.
    var isReversed = false
    var characteristics: [Double]
    var characters: Double

    /// Whether the row has a score and every characteristic.
    var isComplete: Bool { !reward.isNaN && !characteristics.contains(where: \.isNaN) }
  }

  /// The models in the order in which they first came, with their rows.
  private(set) var models: [(name: String, rows: [Row], malformedRows: Int)] = []
  private var instructions: [[UInt8]: Int] = [:]
  private var numbers: [String: Int] = [:]
  private var survey = PreferenceSurvey()
  private var hasAnnotations = false
  /// The first score of a row that is not an annotation.
  private var plainScore: PreferenceSurvey.Sample?
  /// Rows that are not an output: without an instruction or a text.
  package private(set) var malformedRows = MalformedRows()
  /// What preferences were taken to mean; nil where scores are rewards.
  package private(set) var scale: PreferenceScale?
  /// Scores that are not a preference on the scale that was asked for.
  package private(set) var outsideScale = 0
  /// Whether every preference is 1, so that only the option tells wins from losses.
  package private(set) var isScaleUndecided = false
  /// The reward of baseline outputs without a score; nil where they need one.
  private(set) var baselineReward: Double?
  private let baseline: String

  /// - Parameter baseline: The model that the others are compared with.
  package init(baseline: String) { self.baseline = baseline }

  /// Reads files, after those that were read before.
  ///
  /// - Parameter isBaseline: Whether all rows are the baseline's, whatever they say.
  package mutating func read(
    _ files: [InputFile], isBaseline: Bool = false, scoring: Scoring, settings: MethodSettings,
    threads: Int, progress: (any ProgressSink)? = nil, checkpoint: () throws -> Void
  ) throws {
    let wanted = settings.characteristics.map(\.measure)
    let baseline = baseline
    var owners = RowOwners()
    func nameOfFile(_ file: Int) -> String { Self.model(ofFile: files[file].displayName) }
    try ScoreRows(files, threads: threads, progress: progress).forEach(
      columns: [], checkpoint: checkpoint
    ) { row throws(UnusableRow) in
      (
        model: row.text("generator") ?? row.text("model"), file: row.file,
        location: row.location,
        outputs: Result { () throws(UnusableRow) in
          try OutputReading.all(of: row, scoring, baseline: baseline, wanted)
        }
      )
    } consume: { row, number in
      switch row.outputs {
      case .success(let readings):
        for reading in readings {
          let name = isBaseline ? baseline : reading.model ?? nameOfFile(row.file)
          if name != baseline { owners.own(name, file: row.file) }
          try add(reading, of: name, number: number)
        }
      case .failure(let fault):
        owners.addFault(of: isBaseline ? baseline : row.model, file: row.file)
        malformedRows.add(row.location, number: number, fault)
      }
    }
    for (name, count) in owners.faults(nameOfFile: nameOfFile) {
      models[place(of: name)].malformedRows += count
    }
  }

  /// The place of a model, which is a new one if need be.
  private mutating func place(of name: String) -> Int {
    if let number = numbers[name] { return number }
    numbers[name] = models.count
    models.append((name, [], 0))
    return models.count - 1
  }

  private mutating func add(
    _ reading: OutputReading, of name: String, number: Int
  ) throws {
    if let other = reading.otherBaseline {
      throw PreferenceFault(
        message: "this preference is over \"\(other)\", not over the baseline \"\(baseline)\"",
        location: reading.location, hint: "give --baseline \"\(other)\", or leave the file out")
    }
    var row = reading.row
    let next = instructions.count
    row.instruction = instructions[reading.key, default: next]
    if row.instruction == next { instructions[reading.key] = next }
    hasAnnotations = hasAnnotations || reading.isAnnotation
    if name != baseline {
      let sample = PreferenceSurvey.Sample(
        score: row.reward, row: number, location: reading.location)
      survey.add(sample, isAnnotation: reading.isAnnotation)
      if !reading.isAnnotation, !row.reward.isNaN { plainScore = plainScore ?? sample }
    }
    models[place(of: name)].rows.append(row)
  }

  /// Makes rewards of the scores, once all are read.
  ///
  /// - Parameter baselineScore: What a baseline output without a score counts; nil for a tie where
  ///   scores are preferences, else for none.
  package mutating func settle(_ scoring: Scoring, baselineScore: Double?) throws {
    guard scoring.takesPreferences || hasAnnotations else {
      baselineReward = baselineScore
      return
    }
    if !scoring.takesPreferences, let plainScore {
      throw PreferenceFault(
        message: "some rows are AlpacaEval's annotations with a preference, others have a score: "
          + plainScore.description,
        location: plainScore.location,
        hint: "give --preferences if these scores are preferences too, else leave one of both out")
    }
    let scale = try scoring.scale ?? survey.scale()
    self.scale = scale
    isScaleUndecided = scoring.scale == nil && survey.isUndecided
    for model in models.indices {
      for row in models[model].rows.indices {
        let score = models[model].rows[row].reward
        let logit = scoring.logit(score, scale)
        if logit.isNaN, !score.isNaN, models[model].name != baseline { outsideScale += 1 }
        let isReversed = models[model].rows[row].isReversed
        let preference = scale.preference(score)
        models[model].rows[row].reward = isReversed ? -logit : logit
        models[model].rows[row].preference = isReversed ? 1 - preference : preference
      }
    }
    let reward = baselineScore.map { scoring.logit($0, scale) } ?? 0
    guard !reward.isNaN else {
      throw PreferenceFault(
        message: "--baseline-score is not a preference \(scale.explanation)", hint: nil)
    }
    baselineReward = reward
  }

  /// `MODEL` of `MODEL/model_outputs.json`, else the file's name.
  private static func model(ofFile path: String) -> String {
    let parts = path.split(separator: "/").map(String.init)
    let isOutputs = parts.last?.hasPrefix("model_outputs") == true
    return isOutputs && parts.count > 1
      ? parts[parts.count - 2] : RewardBenchScores.model(ofFile: path)
  }

  /// The rows of a model.
  func rows(of model: String) -> [Row]? { numbers[model].map { models[$0].rows } }
}
