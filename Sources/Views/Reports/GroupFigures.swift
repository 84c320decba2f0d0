internal import Calibrate
internal import Columns
internal import Ingest
internal import Job
internal import Records
internal import Report
internal import Scan

/// Tables by where prompts and answers come from.
struct GroupFigures {
  let table: CandidateTable
  let scores: FinalScores
  let plan: PlanStage.Result

  // MARK: Sources

  /// Pairs of each source, before → after.
  func bySource(_ sources: PromptSources) -> DataTable {
    func statistics(_ plans: [PairPlan]) -> [PairStatistics] {
      var groups = [PairStatistics](repeating: PairStatistics(), count: sources.names.count)
      for plan in plans {
        if let code = sources.code(of: plan.prompt) { groups[code].add(plan, in: table) }
      }
      return groups
    }
    let (before, after) = (statistics(plan.formerPlans), statistics(plan.plans))
    let order = sources.names.indices.sorted {
      after[$0].pairs != after[$1].pairs ? after[$0].pairs > after[$1].pairs : $0 < $1
    }
    return DataTable(
      [sources.name, "pairs", "longer chosen", "mean length gap", "Cohen's d"],
      order.map { code in
        func both(_ text: (PairStatistics) -> String) -> String {
          "\(text(before[code])) → \(text(after[code]))"
        }
        return [
          sources.names[code], both { Quantity.count($0.pairs) },
          both { Quantity.percent($0.longerChosenShare) },
          both { Quantity.signed($0.meanLengthGap, places: 1) },
          both { Quantity.signed($0.cohensD, places: 3) },
        ]
      })
  }

  // MARK: Models

  private struct Model {
    var rewards = StreamingMoments()
    var scores = StreamingMoments()
    var lengths = StreamingMoments()
    var chosen = (before: 0, after: 0)
    var rejected = (before: 0, after: 0)
  }

  /// Candidates of each model.
  var byModel: DataTable {
    var models = [Model](repeating: Model(), count: table.models.names.count)
    for candidate in 0..<table.candidateCount where !table.rewards[candidate].isNaN {
      let number = table.models.code(of: candidate)
      guard number != NameColumn.none else { continue }
      let code = Int(number)
      models[code].rewards.add(table.rewards[candidate])
      models[code].scores.add(scores[candidate])
      models[code].lengths.add(table.primary[candidate])
    }
    func count(_ candidate: UInt32, _ member: WritableKeyPath<Model, Int>) {
      let code = table.models.code(of: Int(candidate))
      if code != NameColumn.none { models[Int(code)][keyPath: member] += 1 }
    }
    for plan in plan.formerPlans {
      count(plan.chosen, \.chosen.before)
      count(plan.rejected, \.rejected.before)
    }
    for plan in plan.plans {
      count(plan.chosen, \.chosen.after)
      count(plan.rejected, \.rejected.after)
    }
    let order = models.indices.sorted {
      models[$0].scores.mean != models[$1].scores.mean
        ? models[$0].scores.mean > models[$1].scores.mean : $0 < $1
    }
    return DataTable(
      ["model", "candidates", "mean length", "mean reward", "mean score", "chosen", "rejected"],
      order.map { code in
        let model = models[code]
        return [
          String(decoding: table.models.names[code], as: UTF8.self),
          Quantity.count(model.rewards.count), Quantity.decimal(model.lengths.mean, places: 0),
          Quantity.signed(model.rewards.mean, places: 3),
          Quantity.signed(model.scores.mean, places: 3),
          "\(Quantity.count(model.chosen.before)) → \(Quantity.count(model.chosen.after))",
          "\(Quantity.count(model.rejected.before)) → \(Quantity.count(model.rejected.after))",
        ]
      })
  }
}
