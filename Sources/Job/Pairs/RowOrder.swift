internal import Columns
internal import Records
internal import Scan
internal import Settings

/// The pairs of a dataset in the order of its rows, in which those of a prompt stand together.
package struct RowOrder: Sendable {
  let plans: [PairPlan]
  /// For each prompt the place of its first pair; nil where prompts are in the order of their
  /// numbers.
  private let places: [UInt32]?

  /// - Parameter plans: The pairs by prompt.
  init(
    _ order: Configuration.Pairs.Order, _ plans: [PairPlan], _ scan: InputScan.Result,
    _ scores: FinalScores
  ) {
    guard order != .input else {
      self.plans = plans
      places = nil
      return
    }
    let starts = plans.indices.filter { $0 == 0 || plans[$0].prompt != plans[$0 - 1].prompt }
    func key(_ start: Int) -> Double {
      let pair = plans[start]
      switch order {
      case .input: return 0
      case .largestMargin: return scores[Int(pair.rejected)] - scores[Int(pair.chosen)]
      case .smallestMargin: return scores[Int(pair.chosen)] - scores[Int(pair.rejected)]
      case .easiest: return -scores.mean(of: pair.prompt, in: scan)
      case .hardest: return scores.mean(of: pair.prompt, in: scan)
      }
    }
    // Of equal keys the earlier prompt is first.
    let sorted = starts.map { (key: key($0), start: $0) }.sorted {
      $0.key != $1.key ? $0.key < $1.key : $0.start < $1.start
    }
    var ordered: [PairPlan] = []
    ordered.reserveCapacity(plans.count)
    var places = [UInt32](repeating: .max, count: scan.table.promptCount)
    for (_, start) in sorted {
      let prompt = plans[start].prompt
      places[Int(prompt)] = UInt32(ordered.count)
      var place = start
      while place < plans.count, plans[place].prompt == prompt {
        ordered.append(plans[place])
        place += 1
      }
    }
    self.plans = ordered
    self.places = places
  }

  /// Ascending numbers of the prompts in this order.
  func place(ofPrompt prompt: UInt32) -> UInt32 { places?[Int(prompt)] ?? prompt }

  /// The pairs of a prompt.
  ///
  /// - Parameter hint: Where they may begin.
  func pairs(ofPrompt prompt: UInt32, near hint: Int) -> Range<Int> {
    var (low, high) = (0, plans.count)
    if let places {
      low = places[Int(prompt)] == .max ? plans.count : Int(places[Int(prompt)])
    } else if hint < high, plans[hint].prompt == prompt,
      hint == 0 || plans[hint - 1].prompt != prompt
    {
      low = hint
    } else {
      while low < high {
        let middle = (low + high) / 2
        if plans[middle].prompt < prompt { low = middle + 1 } else { high = middle }
      }
    }
    var end = low
    while end < plans.count, plans[end].prompt == prompt { end += 1 }
    return low..<end
  }
}

extension FinalScores {
  /// The mean score of the usable answers to a prompt.
  fileprivate func mean(of prompt: UInt32, in scan: InputScan.Result) -> Double {
    var (sum, count) = (0.0, 0.0)
    for candidate in scan.groups[Int(prompt)] where !scan.table.rewards[Int(candidate)].isNaN {
      sum += self[Int(candidate)]
      count += 1
    }
    return sum / count
  }
}
