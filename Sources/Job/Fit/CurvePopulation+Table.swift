internal import Calibrate
internal import Columns
internal import Curves
internal import Records
internal import Scan
internal import Settings

extension CurvePopulation {
  /// - Parameters:
  ///   - table: Candidates, at least one of them usable.
  ///   - models: How many models have effects of their own.
  ///   - biasShares: How much of the curves' bias the rewards of each of several reward models have.
  init(
    _ table: CandidateTable, _ calibration: Configuration.Calibration,
    scope: Configuration.Calibration.Scope?, models: Int, biasShares: [Double], threads: Int
  ) {
    var prompts = BitColumn(count: table.promptCount)
    var promptCount = 0
    for candidate in 0..<table.candidateCount where !table.rewards[candidate].isNaN {
      let prompt = Int(table.prompts[candidate])
      if !prompts[prompt] {
        prompts.insert(prompt)
        promptCount += 1
      }
    }
    self.init(
      candidates: table.ledger.candidatesKept, prompts: promptCount, scope: scope?.rawValue,
      models: models, transform: calibration.transform.rawValue,
      clip: calibration.transform == .logit ? calibration.clip : nil,
      combination: calibration.record(of: table, biasShares),
      rewards: table.rewardQuantiles(threads: threads),
      measures: table.measures.map { table.quantiles(of: $0) })
  }
}

extension CandidateTable {
  /// Where the rewards of the usable candidates lie.
  func rewardQuantiles(threads: Int) -> QuantileSummary {
    QuantileSummary {
      OrderStatistics.quantile(
        $0, of: rewards, population: ledger.candidatesKept, threads: threads)
    }
  }

  /// Where a characteristic of the usable candidates lies.
  fileprivate func quantiles(of column: LevelColumn) -> QuantileSummary {
    var counts = [Int](repeating: 0, count: column.levels.count)
    for candidate in 0..<candidateCount where !rewards[candidate].isNaN {
      counts[Int(column.codes[candidate])] += 1
    }
    let places = counts.indices.filter { counts[$0] > 0 }.sorted {
      column.levels[$0] < column.levels[$1]
    }
    func value(atRank rank: Int) -> Double {
      var rest = rank
      for place in places {
        if rest < counts[place] { return column.levels[place] }
        rest -= counts[place]
      }
      return places.last.map { column.levels[$0] } ?? .nan
    }
    return QuantileSummary {
      let position = QuantilePosition($0, population: ledger.candidatesKept)
      return position.interpolate(
        value(atRank: position.rank), value(atRank: position.rank + 1))
    }
  }
}
