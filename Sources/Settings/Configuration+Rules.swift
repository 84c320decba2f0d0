internal import Records

extension Configuration {
  /// Something that is wrong, or odd, about several values together.
  struct Flaw {
    /// The keys involved; the first that was given a value is where to point.
    let keys: [String]
    let message: String
    let hint: String?
  }

  /// The keys by which tokens are counted.
  package var tokenKeys: [String] {
    var keys: [String] = []
    if calibration.characteristics.contains(where: { $0.measure == .tokens }) {
      keys.append("calibration.characteristics")
    }
    if filters.maxTokens != nil { keys.append("filters.max_tokens") }
    if filters.maxPairTokens != nil { keys.append("filters.max_pair_tokens") }
    return keys
  }

  /// Rules that no key can keep alone.
  var flaws: [Flaw] {
    var flaws: [Flaw] = []
    if let maximum = filters.maxChars, maximum < filters.minChars {
      flaws.append(
        Flaw(
          keys: ["filters.max_chars", "filters.min_chars"],
          message: "\"filters.max_chars\" (\(maximum)) is below \"filters.min_chars\" "
            + "(\(filters.minChars))",
          hint: "no response could be kept"))
    }
    if input.tokenizer == nil, let key = tokenKeys.first {
      flaws.append(
        Flaw(
          keys: [key, "input.tokenizer"],
          message: "\"\(key)\" counts tokens, but no \"input.tokenizer\" is named",
          hint: "name the tokenizer.json of the model to be trained: input.tokenizer=FILE"))
    }
    if input.streamBytes != nil || input.streamDigest != nil, input.paths.count != 1 {
      flaws.append(
        Flaw(
          keys: ["input.stream_bytes", "input.stream_sha256", "input.paths"],
          message: "\"input.stream_bytes\" and \"input.stream_sha256\" tell of one stream, but "
            + "\"input.paths\" names \(input.paths.count) paths",
          hint: "name the stream alone"))
    }
    let margins = pairs.maxMargin.flatMap { Margin.comparable(pairs.minMargin, $0) }
    if let (minimum, maximum) = margins, maximum < minimum {
      flaws.append(
        Flaw(
          keys: ["pairs.max_margin", "pairs.min_margin"],
          message: "\"pairs.max_margin\" (\(ConfigValue.shortText(of: maximum))) is below "
            + "\"pairs.min_margin\" (\(ConfigValue.shortText(of: minimum)))",
          hint: "no pair could be kept"))
    }
    let fields = pairs.fieldMargins.map(\.field)
    if let twice = fields.indices.first(where: { fields[..<$0].contains(fields[$0]) }) {
      flaws.append(
        Flaw(
          keys: ["pairs.field_margins"],
          message: "\"pairs.field_margins\" names \(fields[twice]) twice",
          hint: "the larger margin is enough"))
    }
    if pairs.perSource != nil, output.sourceField == nil {
      flaws.append(
        Flaw(
          keys: ["pairs.per_source", "output.keep"],
          message: "\"pairs.per_source\" needs to know where prompts come from, but "
            + "\"output.keep\" names no field called source or dataset",
          hint: "keep the field that says it: output.keep=[source]"))
    }
    if let count = pairs.perPrompt, count > 1, !pairs.strategy.allowsSeveralPairs {
      flaws.append(
        Flaw(
          keys: ["pairs.per_prompt", "pairs.strategy"],
          message: "\"pairs.per_prompt\" is \(count), but the strategy "
            + "\(pairs.strategy.rawValue) makes one pair of a prompt",
          hint: "several pairs come from the strategies all, top_bottom, length_matched, "
            + "neighbors and model_pairs"))
    }
    if pairs.upperQuantile <= pairs.lowerQuantile {
      flaws.append(
        Flaw(
          keys: ["pairs.upper_quantile", "pairs.lower_quantile"],
          message: "\"pairs.upper_quantile\" "
            + "(\(ConfigValue.shortText(of: pairs.upperQuantile))) is not above "
            + "\"pairs.lower_quantile\" (\(ConfigValue.shortText(of: pairs.lowerQuantile)))",
          hint: "chosen is taken at the upper quantile, rejected at the lower"))
    }
    if output.format == .jsonl, output.compression == .snappy {
      flaws.append(
        Flaw(
          keys: ["output.compression", "output.format"],
          message: "\"output.compression\" is snappy, but files of the format jsonl are not "
            + "compressed by it",
          hint: "zstd is smaller and nearly as fast"))
    }
    if output.format == .jsonl, output.compression != .none,
      output.profiles.contains(.llamaFactory)
    {
      flaws.append(
        Flaw(
          keys: ["output.compression", "output.format", "output.profiles"],
          message: "LLaMA-Factory loads no compressed JSON Lines",
          hint: "write `format: parquet`, or `compression: none`"))
    }
    if calibration.method == .none, calibration.curve != nil {
      flaws.append(
        Flaw(
          keys: ["calibration.curve", "calibration.method"],
          message: "\"calibration.curve\" names a curve to remove, but \"calibration.method\" is "
            + "none",
          hint: "leave the curve out to keep the rewards as they came, or the method to use the "
            + "curve"))
    }
    return flaws + alphaFlaws + labelFlaws + keptFlaws + inputFlaws + rewardModelFlaws + jointFlaws
  }

  /// Where an alpha cannot be chosen.
  private var alphaFlaws: [Flaw] {
    let characteristics = calibration.characteristics
    if let early = characteristics.dropLast().first(where: { $0.alpha == nil }) {
      return [
        Flaw(
          keys: ["calibration.characteristics"],
          message: "\"alpha: auto\" of \(early.measure.name), which is not the last "
            + "characteristic",
          hint: "later curves are fitted to what it leaves; put it last, or give it a number")
      ]
    }
    guard calibration.method == .none, characteristics.last?.alpha == nil else { return [] }
    return [
      Flaw(
        keys: ["calibration.method", "calibration.characteristics"],
        message: "\"alpha: auto\" needs a bias to remove, but \"calibration.method\" is none",
        hint: "choose another method, or leave the alpha out")
    ]
  }

  /// Labels that nothing is to be made of, or that are to be used and are not there.
  private var labelFlaws: [Flaw] {
    let isTarget = calibration.target == .labels
    var flaws: [Flaw] = []
    if isTarget, calibration.labels == nil {
      flaws.append(
        Flaw(
          keys: ["calibration.target", "calibration.labels"],
          message: "\"calibration.target\" is labels, but no \"calibration.labels\" are named",
          hint: "name the file that has them, or choose another target"))
    }
    if isTarget, calibration.characteristics.last?.alpha != nil {
      flaws.append(
        Flaw(
          keys: ["calibration.target", "calibration.characteristics"],
          message: "\"calibration.target\" is labels, but the last characteristic has an alpha "
            + "of its own",
          hint: "write `alpha: auto`, or leave the target out: the labels then judge that alpha"))
    }
    if calibration.labels != nil, calibration.method == .none, calibration.curve == nil {
      flaws.append(
        Flaw(
          keys: ["calibration.labels", "calibration.method"],
          message: "\"calibration.labels\" judge a calibration, but \"calibration.method\" is none",
          hint: "choose another method, or leave the labels out"))
    }
    return flaws
  }

  /// Lists of fields that do not belong together, and splits that are told twice.
  private var inputFlaws: [Flaw] {
    var flaws: [Flaw] = []
    let responses = input.fields.responses.count
    let rewards = input.fields.nestedRewardModels
    if let other = rewards.first(where: { $0.paths.count != responses }) {
      flaws.append(
        Flaw(
          keys: ["input.fields.responses", "input.fields.rewards"],
          message: "\"input.fields.responses\" names \(responses) fields, but "
            + "\"input.fields.rewards\" \(other.paths.count)"
            + (other.name.map { " for \"\($0)\"" } ?? ""),
          hint: "each response has its reward: name as many of both"))
    }
    let flat = input.fields.flatRewards
    if let other = flat.first(where: { $0.paths.count > 1 }) {
      flaws.append(
        Flaw(
          keys: ["input.fields.reward"],
          message: "\"input.fields.reward\" names \(other.paths.count) fields for one reward model",
          hint: "a flat row has one answer, so name one; fields for each answer are for "
            + "input.fields.rewards"))
    }
    if flat.count > 1, rewards.count > 1,
      flat.names != rewards.names || flat.map(\.weight) != rewards.map(\.weight)
    {
      flaws.append(
        Flaw(
          keys: ["input.fields.rewards", "input.fields.reward"],
          message:
            "\"input.fields.reward\" and \"input.fields.rewards\" name different reward models",
          hint: "give both the same names and weights, or leave one out"))
    }
    if split.field != nil, split.test > 0 {
      flaws.append(
        Flaw(
          keys: ["split.test", "split.field"],
          message: "\"split.test\" draws a split, but \"split.field\" names a field that tells it",
          hint: "leave one of them out"))
    }
    return flaws
  }

  /// What a joint fit cannot do.
  private var jointFlaws: [Flaw] {
    guard calibration.jointly else { return [] }
    var flaws: [Flaw] = []
    if calibration.method != .lwr {
      flaws.append(
        Flaw(
          keys: ["calibration.jointly", "calibration.method"],
          message:
            "\"calibration.jointly\" fits a curve and lines together, but \"calibration.method\" is "
            + calibration.method.rawValue,
          hint: "leave jointly out, or set calibration.method: lwr"))
    }
    if calibration.characteristics.count < 2 {
      flaws.append(
        Flaw(
          keys: ["calibration.jointly", "calibration.characteristics"],
          message: "\"calibration.jointly\" needs two or more characteristics, found one",
          hint: "name others, as in calibration.characteristics: [chars, headers, lists, bold]"))
    }
    return flaws
  }

  /// Ways to deal with several rewards that do not go together.
  private var rewardModelFlaws: [Flaw] {
    var flaws: [Flaw] = []
    if calibration.each, calibration.combine != .scaledMean {
      flaws.append(
        Flaw(
          keys: ["calibration.each", "calibration.combine"],
          message:
            "\"calibration.each\" calibrates rewards one by one, but \"calibration.combine\" is "
            + calibration.combine.rawValue,
          hint: "their curves make one curve with combine: scaled_mean alone; leave `each` out to "
            + "calibrate what the rewards are combined to"))
    }
    let weighed = (input.fields.flatRewards + input.fields.nestedRewards).contains {
      $0.weight != 1
    }
    if weighed, calibration.combine == .min {
      flaws.append(
        Flaw(
          keys: ["calibration.combine", "input.fields.rewards", "input.fields.reward"],
          message:
            "a reward model has a weight, but \"calibration.combine\" is min, which has no use "
            + "for it",
          hint: "leave the weights out, or choose scaled_mean, mean_rank or mean_minus_sd"))
    }
    return flaws
  }

  /// Names of columns that profiles have, or that trainers take for something else.
  static let reservedColumns: Set<String> = [
    "chosen_messages", "rejected_messages", "prompt", "prompt_id", "prompt_text", "chosen",
    "rejected", "messages", "conversations", "system", "completion", "label",
    "rejected_response", "score", "raw_score", "length", "score_chosen", "score_rejected",
    "raw_score_chosen", "raw_score_rejected", "length_chosen", "length_rejected",
    "chosen_model", "rejected_model", "all_generated_responses", "all_rm_scores", "all_scores",
    "margin", "images", "image", "videos", "audios", "tools", "objects", "chat_template_kwargs",
    "ref_chosen_logps", "ref_rejected_logps",
  ]

  /// Columns that would take another's place.
  private var keptFlaws: [Flaw] {
    var seen: Set<String> = []
    return output.keptFields.compactMap { path, name in
      let reason =
        Self.reservedColumns.contains(name)
        ? "the profiles or the trainers have a meaning of their own for it"
        : seen.insert(name).inserted ? nil : "another field of \"output.keep\" has this name too"
      return reason.map {
        Flaw(
          keys: ["output.keep"], message: "\"\(path)\" cannot be kept as the column \"\(name)\"",
          hint: $0)
      }
    }
  }
}
