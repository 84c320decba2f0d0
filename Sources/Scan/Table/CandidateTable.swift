internal import Clean
package import Columns
internal import Hashing
internal import Ingest
package import Records
internal import Work

/// Every candidate of the input as compact columns, and every prompt by number.
///
/// Candidates are numbered as they were read, dropped ones too. A candidate takes 8 bytes for the
/// reward, 8 for the text's fingerprint (4 once duplicates are found), 4 for its prompt and 4 for each
/// characteristic, and where several reward models are read 8 for each; a prompt about 45.
package struct CandidateTable: Sendable {
  /// For each candidate the number of its prompt.
  package private(set) var prompts = Column<UInt32>()
  /// For each candidate its reward; a NaN that says why where the candidate is dropped.
  package internal(set) var rewards = Column<Double>()
  /// The rewards as they came; nil where they still are.
  var originalRewards: Column<Double>?
  /// The reward models of which there are several; none where there is one reward.
  package let rewardModels: [RewardModel]
  /// For each of several reward models its reward for each candidate, as it came; dropped candidates have
  /// theirs too.
  package private(set) var modelRewards: [Column<Double>]
  /// For each of several reward models what its rewards were divided by when they were combined; empty
  /// before.
  package internal(set) var modelDeviations: [Double] = []
  /// For each characteristic its value for each candidate.
  package private(set) var measures: [LevelColumn]
  /// The first characteristic, which figures of pairs are about: what an answer's length is.
  package var primary: LevelColumn { measures[0] }
  /// For each candidate its model; without names where models are not read, or there are too many.
  package private(set) var models = NameColumn()
  /// With more models than this none is kept.
  private let modelLimit: Int?
  package private(set) var hasTooManyModels = false
  /// For each prompt where it comes from, as the row of its first candidate says; without names where
  /// that is not read.
  package private(set) var sources = NameColumn()
  /// Prompts of which only rows without candidates have come so far.
  private var promptsWithoutCandidates: Set<Int> = []
  /// More sources are not kept: so many tell nothing, and would take memory without end.
  private static let sourceLimit = 1 << 16
  /// For each prompt what was drawn for it.
  package private(set) var draws = Column<UInt64>()
  private var testPrompts = Column<Bool>()
  package private(set) var ledger = Ledger()

  /// For each candidate a number drawn from its prompt and its answer; empty until `finish`.
  package private(set) var tieDraws = Column<UInt32>()

  /// What became of each labelled pair; empty until `finish`.
  package private(set) var labels: [LabelMatch] = []

  /// Which prompts nearly repeat others; nil where that does not matter.
  private let nearDuplicates: NearDuplicateRule?
  /// What came of the search; nil where there was none.
  package private(set) var nearDuplicateCounts: NearDuplicateCounts?
  /// What the filters of prompts found.
  private var verdicts = PromptVerdictTable()

  private(set) var textFingerprints = Column<UInt64>()
  private(set) var index = PromptIndex()
  private(set) var promptFingerprints = Column<UInt64>()
  /// Prompts that give no pair, whatever their candidates.
  private var droppedPrompts: [Int: PromptDrop] = [:]
  /// Which of the other prompts were used before; nil where none is looked for.
  private var excludedPrompts: BitColumn?
  /// Which of the others are used; nil where all are.
  private var sample: PromptLimit.Sample?
  /// Whether each prompt's candidates came together.
  private(set) var isGrouped = true
  /// The first id that stood with another prompt, where its row stands in the chunk, and how many do.
  private(set) var firstConflict: (key: Fingerprint.Wide, place: Int)?
  private var conflictingIDs: Set<Fingerprint.Wide> = []
  /// Where rows say that prompts belong; nil where a draw says so.
  private var givenSplits: GivenSplits?

  /// - Parameters:
  ///   - hasGivenSplit: whether rows say which split they belong to.
  ///   - modelLimit: the most models whose names are kept; nil for all of them.
  ///   - nearDuplicates: which prompts nearly repeat others; nil where that does not matter.
  ///   - rewardModels: those of which there are several; none where there is one reward.
  init(
    characteristicCount: Int, hasGivenSplit: Bool = false, modelLimit: Int? = nil,
    nearDuplicates: NearDuplicateRule? = nil, rewardModels: [RewardModel] = []
  ) {
    self.nearDuplicates = nearDuplicates
    self.modelLimit = modelLimit
    self.rewardModels = rewardModels
    modelRewards = Array(repeating: Column(), count: rewardModels.count)
    measures = Array(repeating: LevelColumn(), count: characteristicCount)
    givenSplits = hasGivenSplit ? GivenSplits() : nil
  }

  package var candidateCount: Int { prompts.count }

  /// Leaves the table as it is where models are not read.
  package mutating func forgetModels() {
    models = NameColumn()
    hasTooManyModels = false
  }

  package var promptCount: Int { index.count }
  /// How many ids stand with different prompts.
  var conflictCount: Int { conflictingIDs.count }

  /// Whether a prompt belongs to the test split.
  package func isTest(prompt: Int) -> Bool { testPrompts[prompt] }

  /// Uniform bits that depend on what identifies a prompt, and on nothing else.
  package func fingerprint(ofPrompt prompt: Int) -> UInt64 { index.fingerprint(ofNumber: prompt) }

  /// Uniform bits of what identifies a prompt and a seed, no two prompts the same.
  package func rank(ofPrompt prompt: Int, seed: Int) -> UInt128 {
    PromptLimit.rank(of: index.key(ofNumber: prompt), seed: UInt64(truncatingIfNeeded: seed))
  }

  /// Why a prompt gives no pair, whatever its candidates; nil where nothing is wrong with it.
  package func drop(ofPrompt prompt: Int) -> PromptDrop? {
    if let reason = droppedPrompts[prompt] { return reason }
    if excludedPrompts?[prompt] ?? false { return .excluded }
    return isBeyondLimit(prompt) ? .beyondLimit : nil
  }

  /// Why a candidate is not used; nil where it is.
  package func drop(ofCandidate candidate: Int) -> CandidateDrop? {
    CandidateDrop(ofReward: rewards[candidate])
  }

  /// Whether a prompt is used, or dropped for other reasons than `input.limit` and `input.exclude`.
  package func isWithinLimit(prompt: Int) -> Bool {
    let reason = drop(ofPrompt: prompt)
    return reason != .beyondLimit && reason != .excluded
  }

  /// How many prompts are.
  package var promptCountWithinLimit: Int {
    guard sample != nil || excludedPrompts != nil else { return promptCount }
    return (0..<promptCount).count(where: isWithinLimit)
  }

  private func isBeyondLimit(_ prompt: Int) -> Bool {
    guard let sample else { return false }
    return !sample.contains(index.key(ofNumber: prompt))
  }

  /// Counts a row that is too long to be kept.
  mutating func countRejectedRow() {
    ledger.rowsRead += 1
    ledger.rowsRejected += 1
  }

  /// Adds a chunk's rows.
  mutating func append(_ chunk: Measurements) throws(IngestError) {
    guard candidateCount + chunk.candidates.count < UInt32.max else {
      throw IngestError(
        .tooManyCandidates, "more than \(UInt32.max - 1) candidates",
        hint:
          "candidates have numbers of 32 bits, in `fit` and in the steps of a job too: split the "
          + "input by prompt, `fit` on a part of it, and `run` each part with calibration.curve")
    }
    append(chunk.rows, count: chunk.candidates.count)
    if let most = nearDuplicates?.mostPrompts, promptCount > most {
      throw IngestError(
        .tooManyCandidates,
        "more than \(most) prompts, for whose signatures there is memory",
        hint: "raise run.memory, half of which they may take, or lower "
          + "filters.near_duplicates.bands (docs/clean-prompts.md)")
    }
    rewards.append(chunk.candidates.lazy.map { $0.drop?.reward ?? $0.reward })
    textFingerprints.append(chunk.candidates.lazy.map(\.textFingerprint))
    for column in measures.indices { measures[column].append(chunk.measures[column]) }
    for (model, rewards) in chunk.modelRewards.enumerated() where !rewards.isEmpty {
      modelRewards[model].append(rewards)
    }
    count(chunk.candidates)
    append(chunk.models)
    ledger.rowsRead += chunk.rows.count + chunk.rejects.count
    ledger.rowsRejected += chunk.rejects.count
  }

  private mutating func append(_ chunk: [[UInt8]?]) {
    guard !hasTooManyModels else { return }
    for model in chunk {
      models.append(model)
      if let modelLimit, models.names.count > modelLimit {
        models = NameColumn()
        hasTooManyModels = true
        return
      }
    }
  }

  private mutating func promptNumber(of row: Measurements.RowEntry) -> Int {
    var prompt = number(for: row.key, row)
    if promptFingerprints[prompt] != row.promptFingerprint {
      // Another prompt under the same id: each is one of its own, and none is used.
      if firstConflict == nil { firstConflict = (row.key, row.place) }
      conflictingIDs.insert(row.key)
      droppedPrompts[prompt] = .duplicateID
      prompt = number(for: row.key.mixed(with: row.promptFingerprint), row)
      droppedPrompts[prompt] = .duplicateID
    }
    if row.isEmpty, droppedPrompts[prompt] == nil { droppedPrompts[prompt] = .emptyPrompt }
    if let drop = row.verdict.drop, droppedPrompts[prompt] == nil { droppedPrompts[prompt] = drop }
    let inBoth = givenSplits?.note(
      prompt, text: row.promptFingerprint, isTest: row.draws.isTest,
      isOtherwiseTest: testPrompts[prompt])
    for prompt in inBoth ?? [] { droppedPrompts[prompt] = .inBothSplits }
    return prompt
  }

  private mutating func number(
    for key: Fingerprint.Wide, _ row: Measurements.RowEntry
  ) -> Int {
    let prompt = index.number(for: key)
    if prompt == promptFingerprints.count {
      sources.append(row.candidateCount > 0 ? row.source : nil, amongFirst: Self.sourceLimit)
      if row.candidateCount == 0 { promptsWithoutCandidates.insert(prompt) }
      promptFingerprints.append(row.promptFingerprint)
      draws.append(row.draws.random)
      testPrompts.append(row.draws.isTest)
      verdicts.append(row.verdict, bandCount: nearDuplicates?.shape.bands)
      ledger.promptsRead += 1
    } else if row.candidateCount > 0, !promptsWithoutCandidates.isEmpty,
      promptsWithoutCandidates.remove(prompt) != nil
    {
      sources.name(prompt, row.source, amongFirst: Self.sourceLimit)
    }
    return prompt
  }

  /// Notes the prompt of each of some candidates.
  private mutating func append(_ rows: [Measurements.RowEntry], count: Int) {
    var last = prompts.last ?? 0
    var numbers: [UInt32] = []
    numbers.reserveCapacity(count)
    for row in rows {
      let prompt = UInt32(promptNumber(of: row))
      guard row.candidateCount > 0 else { continue }
      if last > prompt { isGrouped = false }
      last = prompt
      numbers.append(contentsOf: repeatElement(prompt, count: row.candidateCount))
    }
    prompts.append(numbers)
  }

  private mutating func count(_ candidates: [Measurements.CandidateEntry]) {
    var keptCount = candidates.count
    for candidate in candidates {
      if candidate.hasLoneSurrogate { ledger.candidatesWithLoneSurrogate += 1 }
      if let reason = candidate.drop {
        ledger.drop(reason)
        keptCount -= 1
      }
    }
    ledger.candidatesRead += candidates.count
    ledger.candidatesKept += keptCount
  }

  /// Brings each prompt's candidates together and drops those of prompts that are not used and, on
  /// demand, those that repeat an answer.
  ///
  /// The first usable candidate with an answer stays. Nothing can be appended afterwards.
  ///
  /// - Parameters:
  ///   - excluded: Prompts that are not used; nil for none.
  ///   - limit: How many of the other prompts that nothing is wrong with are used; nil for all.
  ///   - wanted: Labelled pairs whose answers are looked for among the candidates.
  mutating func finish(
    dropsDuplicates: Bool, excluding excluded: ExcludedPrompts? = nil, limit: PromptLimit? = nil,
    finding wanted: [LabelledPair] = []
  ) -> CandidateGroups {
    Concurrent.aside {
      complete(dropsDuplicates: dropsDuplicates, excluded, limit, finding: wanted)
    }
  }

  private mutating func complete(
    dropsDuplicates: Bool, _ excluded: ExcludedPrompts?, _ limit: PromptLimit?,
    finding wanted: [LabelledPair]
  ) -> CandidateGroups {
    let groups = CandidateGroups(
      prompts: prompts, promptCount: promptCount, isGrouped: isGrouped)
    for (prompt, reason) in droppedPrompts {
      for candidate in groups[prompt].lazy.map({ Int($0) }) where !rewards[candidate].isNaN {
        drop(candidate, CandidateDrop(reason))
      }
    }
    if let excluded { exclude(excluded, in: groups) }
    if dropsDuplicates { dropDuplicates(in: groups) }
    if let nearDuplicates { dropNearDuplicates(by: nearDuplicates, in: groups) }
    if let limit { take(limit, in: groups) }
    for candidate in 0..<candidateCount {
      let prompt = index.fingerprint(ofNumber: Int(prompts[candidate]))
      tieDraws.append(
        UInt32(truncatingIfNeeded: SplitMix.mixed(textFingerprints[candidate], with: prompt)))
    }
    labels = LabelMatch.matches(of: wanted, in: self, groups)
    textFingerprints = Column()
    promptFingerprints = Column()
    givenSplits = nil
    promptsWithoutCandidates = []
    return groups
  }

  /// Drops the candidates of prompts that were used before, those too that are dropped already.
  private mutating func exclude(_ excluded: ExcludedPrompts, in groups: CandidateGroups) {
    var found = BitColumn(count: promptCount)
    for prompt in 0..<promptCount where droppedPrompts[prompt] == nil {
      guard
        excluded.contains(key: index.key(ofNumber: prompt), text: promptFingerprints[prompt])
      else { continue }
      found.insert(prompt)
      drop(groups[prompt], .excluded)
    }
    excludedPrompts = found
  }

  /// Drops the candidates of all prompts but a sample, those too that are dropped already: they were
  /// of no use to begin with.
  private mutating func take(_ limit: PromptLimit, in groups: CandidateGroups) {
    sample = limit.sample(of: usedKeys)
    for prompt in 0..<promptCount where drop(ofPrompt: prompt) == .beyondLimit {
      drop(groups[prompt], .beyondLimit)
    }
  }

  /// The keys of the prompts that nothing is wrong with.
  private var usedKeys: some Sequence<Fingerprint.Wide> {
    (0..<promptCount).lazy.filter { drop(ofPrompt: $0) == nil }.map { index.key(ofNumber: $0) }
  }

  /// Drops candidates, whatever became of them before.
  private mutating func drop(_ candidates: some Sequence<UInt32>, _ reason: CandidateDrop) {
    var count = 0
    var former = 0
    for candidate in candidates {
      count += 1
      if let earlier = drop(ofCandidate: Int(candidate)) {
        ledger.takeBack(earlier)
        former += 1
      }
      rewards[Int(candidate)] = reason.reward
    }
    ledger.candidatesKept -= count - former
    ledger.drop(reason, count: count)
  }

  /// Among so many answers the same one is found sooner by looking at each than by hashing.
  private static let fewAnswers = 32

  private mutating func dropDuplicates(in groups: CandidateGroups) {
    var few: [UInt64] = []
    var many: Set<UInt64> = []
    for prompt in 0..<promptCount {
      let group = groups[prompt]
      few.removeAll(keepingCapacity: true)
      many.removeAll(keepingCapacity: group.count > Self.fewAnswers)
      for candidate in group.lazy.map({ Int($0) }) where !rewards[candidate].isNaN {
        let text = textFingerprints[candidate]
        let isNew: Bool
        if group.count > Self.fewAnswers {
          isNew = many.insert(text).inserted
        } else {
          isNew = !few.contains(text)
          few.append(text)
        }
        if !isNew { drop(candidate, .duplicateResponse) }
      }
    }
  }

  /// Drops prompts that nearly repeat another, and gives the memory of signatures back.
  private mutating func dropNearDuplicates(by rule: NearDuplicateRule, in groups: CandidateGroups) {
    let found = rule.duplicates(in: self, groups, verdicts.signatures)
    for prompt in found.prompts.lazy.map({ Int($0) }) {
      droppedPrompts[prompt] = .nearDuplicate
      for candidate in groups[prompt].lazy.map({ Int($0) }) where !rewards[candidate].isNaN {
        drop(candidate, .nearDuplicate)
      }
    }
    nearDuplicateCounts = found.counts
    verdicts.forgetSignatures()
  }

  /// The benchmarks' texts that prompts have which are dropped for it.
  var benchmarkMatches: some Sequence<BenchmarkMatch> {
    verdicts.foundTexts.lazy.filter { droppedPrompts[$0.prompt] == .contaminated }.map(\.match)
  }

  /// Drops a usable candidate.
  private mutating func drop(_ candidate: Int, _ reason: CandidateDrop) {
    rewards[candidate] = reason.reward
    ledger.candidatesKept -= 1
    ledger.drop(reason)
  }
}
