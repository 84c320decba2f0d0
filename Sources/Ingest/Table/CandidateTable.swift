package import Records

/// Every candidate of the input as compact columns, and every prompt by number.
///
/// Candidates are numbered as they were read, dropped ones too. A candidate takes 8 bytes for the
/// reward, 8 for the text's fingerprint (until duplicates are found), 4 for its prompt and 4 for
/// each characteristic; a prompt about 45.
package struct CandidateTable: Sendable {
  /// For each candidate the number of its prompt.
  package private(set) var prompts = Column<UInt32>()
  /// For each candidate its reward; NaN where the candidate is dropped.
  package private(set) var rewards = Column<Double>()
  /// For each characteristic its value for each candidate.
  package private(set) var lengths: [LevelColumn]
  /// For each candidate its model; empty where models are not read.
  package private(set) var models = NameColumn()
  /// For each prompt what was drawn for it.
  package private(set) var draws = Column<UInt64>()
  private var testPrompts = Column<Bool>()
  package private(set) var ledger = Ledger()

  private var textFingerprints = Column<UInt64>()
  private var index = PromptIndex()
  private var promptFingerprints = Column<UInt64>()
  private var conflictingPrompts: Set<Int> = []
  private var isGrouped = true

  init(characteristicCount: Int) {
    lengths = Array(repeating: LevelColumn(), count: characteristicCount)
  }

  package var candidateCount: Int { prompts.count }
  package var promptCount: Int { index.count }

  /// Whether a prompt belongs to the test split.
  package func isTest(prompt: Int) -> Bool { testPrompts[prompt] }

  /// Whether a prompt's id stands with another prompt elsewhere.
  package func hasConflict(prompt: Int) -> Bool { conflictingPrompts.contains(prompt) }

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
        hint: "split the input by prompt, fit one curve with `fit` and set calibration.curve")
    }
    var candidate = 0
    for row in chunk.rows {
      let prompt = promptNumber(of: row)
      for _ in 0..<row.candidateCount {
        append(chunk.candidates[candidate], to: prompt)
        for column in lengths.indices { lengths[column].append(chunk.lengths[column][candidate]) }
        candidate += 1
      }
    }
    for model in chunk.models { models.append(model) }
    ledger.rowsRead += chunk.rows.count + chunk.rejects.count
    ledger.rowsRejected += chunk.rejects.count
  }

  private mutating func promptNumber(of row: Measurements.RowEntry) -> Int {
    let prompt = index.number(for: row.key)
    if prompt == promptFingerprints.count {
      promptFingerprints.append(row.promptFingerprint)
      draws.append(row.draws.random)
      testPrompts.append(row.draws.isTest)
      ledger.promptsRead += 1
    } else if promptFingerprints[prompt] != row.promptFingerprint {
      conflictingPrompts.insert(prompt)
    }
    return prompt
  }

  private mutating func append(_ candidate: Measurements.CandidateEntry, to prompt: Int) {
    if let last = prompts.last, last > prompt { isGrouped = false }
    prompts.append(UInt32(prompt))
    rewards.append(candidate.drop == nil ? candidate.reward : .nan)
    textFingerprints.append(candidate.textFingerprint)
    ledger.candidatesRead += 1
    if candidate.hasLoneSurrogate { ledger.candidatesWithLoneSurrogate += 1 }
    if let reason = candidate.drop { ledger.drop(reason) } else { ledger.candidatesKept += 1 }
  }

  /// Brings each prompt's candidates together and drops, on demand, those that repeat a text.
  ///
  /// The first usable candidate with a text stays. Nothing can be appended afterwards.
  mutating func finish(dropsDuplicates: Bool) -> CandidateGroups {
    let groups = CandidateGroups(
      prompts: prompts, promptCount: promptCount, isGrouped: isGrouped)
    if dropsDuplicates {
      for prompt in 0..<promptCount { dropDuplicates(of: groups[prompt]) }
    }
    textFingerprints = Column()
    promptFingerprints = Column()
    return groups
  }

  private mutating func dropDuplicates(of group: Slice<CandidateGroups.Order>) {
    var seen: Set<UInt64> = []
    for candidate in group.lazy.map({ Int($0) }) where !rewards[candidate].isNaN {
      if !seen.insert(textFingerprints[candidate]).inserted {
        rewards[candidate] = .nan
        ledger.candidatesKept -= 1
        ledger.drop(.duplicateResponse)
      }
    }
  }
}
