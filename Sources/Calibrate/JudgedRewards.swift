internal import Columns

/// The rewards that can be judgements; NaN for one that is absurdly far from the others.
///
/// A robust fit has to begin near its end: where the first pass bends to a reward of −1e12, residuals
/// tell about the bend alone, and nothing after it finds back.
private struct JudgedRewards: NumberSource {
  let values: any NumberSource
  let deviations: HalfDeviations
  let halfBound: Double

  var count: Int { values.count }

  subscript(index: Int) -> Double { deviations[index] > halfBound ? .nan : values[index] }

  func copy(from start: Int, into block: inout MutableSpan<Double>) {
    values.copy(from: start, into: &block)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: block.count) { own in
      own.initialize(repeating: 0)
      var part = own.mutableSpan
      deviations.copy(from: start, into: &part)
      for index in block.indices where part[index] > halfBound { block[index] = .nan }
    }
  }
}

extension Sample {
  /// The same candidates, where those with absurd rewards are outside the population, and how many
  /// these are.
  ///
  /// Rewards are held against all others, and within prompts then against those of their prompt.
  func judged(
    among prompts: PromptColumn, _ scope: BiasScope, threads: Int
  ) -> (sample: Sample, absurdRewards: Int) {
    let spread = RewardSpread(of: PopulationColumn(sample: self), threads: threads)
    let judged = without(
      HalfDeviations(values: values, centers: [spread.median], groups: nil),
      beyond: spread.halfBound)
    guard scope != .global else { return judged }
    let deviations = HalfDeviations(
      values: judged.sample.values, centers: judged.sample.medians(of: prompts),
      groups: prompts.codes)
    let within = judged.sample.without(
      deviations, beyond: RewardSpread(deviations, threads: threads).halfBound)
    return (within.sample, judged.absurdRewards + within.absurdRewards)
  }

  private func without(
    _ deviations: HalfDeviations, beyond halfBound: Double
  ) -> (sample: Sample, absurdRewards: Int) {
    guard halfBound < .infinity else { return (self, 0) }
    var count = 0
    deviations.forEachBlock { block in
      for index in block.indices where block[index] > halfBound { count += 1 }
    }
    let judged = JudgedRewards(values: values, deviations: deviations, halfBound: halfBound)
    return (replacing(values: judged), count)
  }

  /// The median reward of every prompt; NaN for one without candidates.
  private func medians(of prompts: PromptColumn) -> [Double] {
    var medians = [Double](repeating: .nan, count: prompts.count)
    var rewards: [Double] = []
    PromptBatch.forEach(in: self, prompts.codes) { batch in
      for (place, prompt) in batch.prompts.enumerated() {
        let members = batch.members(of: place)
        guard !members.isEmpty else { continue }
        rewards.removeAll(keepingCapacity: true)
        for candidate in members { rewards.append(batch.values[candidate]) }
        rewards.sort()
        medians[Int(prompt)] =
          rewards[(rewards.count - 1) / 2] / 2 + rewards[rewards.count / 2] / 2
      }
    }
    return medians
  }
}
