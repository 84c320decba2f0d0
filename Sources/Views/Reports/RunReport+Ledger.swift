internal import Calibrate
internal import Columns
internal import Ingest
internal import Job
internal import PairBuilder
internal import Records
internal import Report
internal import Scan

extension RunReport {
  /// What became of every candidate.
  var flow: Node {
    let paired =
      ledger.candidatesKept - pairs.candidatesWithoutPair.values.reduce(0, +)
    var inPairs = BitColumn(count: table.candidateCount)
    for pair in pairs.plans {
      inPairs.insert(Int(pair.chosen))
      inPairs.insert(Int(pair.rejected))
    }
    let used = (0..<table.candidateCount).count { inPairs[$0] }
    return FlowChart(
      "The ledger, in candidates",
      note: "\(Quantity.count(ledger.promptsPaired)) of \(Quantity.count(ledger.promptsRead)) "
        + "prompts give \(Quantity.count(ledger.pairs, "pair"))."
        + (ledger.shortages.map { " Of prompts with too few candidates \($0)." } ?? ""),
      steps: [
        FlowChart.Step(
          "candidates read", ledger.candidatesRead,
          branches: CandidateDrop.allCases.map {
            ($0.rawValue.spaced, ledger.candidatesDropped[$0] ?? 0)
          }),
        FlowChart.Step(
          "usable candidates", ledger.candidatesKept,
          branches: PromptDrop.allCases.map {
            ($0.shortName, pairs.candidatesWithoutPair[$0] ?? 0)
          }),
        FlowChart.Step(
          "candidates of prompts with pairs", paired,
          branches: [("neither chosen nor rejected", paired - used)]),
        FlowChart.Step("candidates in pairs", used),
      ]
    ).figure()
  }

  /// What calibration did to the pairs.
  var effect: Node {
    BarChart(
      "What calibration did to the pairs of a prompt",
      bars: [
        ("unchanged", pairs.effect.unchanged), ("turned round", pairs.effect.swapped),
        ("other answers", pairs.effect.changed), ("gained", pairs.effect.gained),
        ("lost", pairs.effect.lost),
      ]
    ).figure()
  }
}

extension PromptDrop {
  /// The reason in a few words.
  fileprivate var shortName: String {
    self == .duplicateID ? "prompt id of other prompts" : rawValue.spaced
  }
}

extension String {
  /// A name of the program's with spaces in place of underscores.
  fileprivate var spaced: String { replacing("_", with: " ") }
}
