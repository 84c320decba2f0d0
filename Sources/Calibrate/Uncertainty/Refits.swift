/// Curves fitted without each group of prompts, and without none, all at once.
struct Refits {
  private let sample: Sample
  private let prompts: PromptColumn
  private let groups: [UInt8]
  private let scope: BiasScope
  /// The levels that took part.
  let levels: PopulationLevels
  let bins: PopulationLevels
  /// The bin of each code; -1 where nothing of it took part.
  private var binOfCode: [Int32]
  private(set) var curves: [Lanes]
  /// The effects of models; none where they are not told apart.
  private var modelEffects: [Lanes]
  /// The sums at full weights, which do not change.
  private var plainSums: PromptSums<Lanes>?
  let sizes: [Int]
  /// By group: nothing in its own lane, one in all others.
  private let masks: [Lanes]

  /// More levels than this are gathered.
  private static let binLimit = 96

  /// - Parameters:
  ///   - sample: What is fitted.
  ///   - prompts: For each candidate its prompt; those of a prompt stand together.
  ///   - groups: For each prompt its group.
  init(_ sample: Sample, prompts: PromptColumn, groups: [UInt8], scope: BiasScope) {
    self.sample = sample
    self.prompts = prompts
    self.groups = groups
    self.scope = scope
    masks = (0..<Jackknife.groupCount).map { group in
      var mask = Lanes(repeating: 1)
      mask[group] = 0
      return mask
    }
    var counts = [Int](repeating: 0, count: sample.levels.count)
    var sizes = [Int](repeating: 0, count: Jackknife.groupCount)
    Self.forEachPrompt(sample, prompts, groups, scope) { group, codes, _, _ in
      sizes[group] += 1
      for code in codes { counts[Int(code)] += 1 }
    }
    self.sizes = sizes
    levels = PopulationLevels(levels: sample.levels, counts: counts)
    binOfCode = [Int32](repeating: -1, count: sample.levels.count)
    var middles: [Double] = []
    var binCounts: [Int] = []
    for (bin, range) in Self.bins(of: levels).enumerated() {
      var (sum, count) = (0.0, 0)
      for number in range {
        let candidates = levels.candidates(at: number)
        binOfCode[levels.codes[number]] = Int32(bin)
        sum += Double(candidates) * (levels.values[number] - levels.values[range.lowerBound])
        count += candidates
      }
      middles.append(levels.values[range.lowerBound] + sum / Double(count))
      binCounts.append(count)
    }
    bins = PopulationLevels(levels: middles, counts: binCounts)
    curves = middles.map { _ in Lanes.zero }
    let models = scope == .global ? nil : prompts.models
    modelEffects = Array(repeating: .zero, count: models.map { $0.count + 1 } ?? 0)
  }

  /// Ranges of levels as even as they allow, in candidates and in width; few levels stay alone.
  private static func bins(of levels: PopulationLevels) -> [Range<Int>] {
    guard levels.count > 2 * binLimit else { return (0..<levels.count).map { $0..<$0 + 1 } }
    let most = levels.population / binLimit
    let widest = (levels.values[levels.count - 1] - levels.values[0]) / Double(binLimit)
    var bins: [Range<Int>] = []
    for number in 0..<levels.count {
      if let last = bins.last, levels.starts[number + 1] - levels.starts[last.lowerBound] <= most,
        levels.values[number] - levels.values[last.lowerBound] <= widest
      {
        bins[bins.count - 1] = last.lowerBound..<number + 1
      } else {
        bins.append(number..<number + 1)
      }
    }
    return bins
  }

  /// Lets every refit begin with a fit.
  mutating func start(from bias: FittedBias) {
    let curve = BiasCurve(characteristic: "", alpha: 1, shape: bias.shape)
    curves = bins.values.map { Lanes(repeating: curve.bias(at: $0) ?? 0) }
    for effect in bias.modelEffects where !modelEffects.isEmpty {
      modelEffects[effect.model ?? modelEffects.count - 1] = Lanes(repeating: effect.effect)
    }
  }

  /// The curve at every code.
  private func table(of curves: [Lanes]) -> [Lanes] {
    // Where a method has no curve, what lies between its neighbours.
    let known = curves.indices.filter { !curves[$0][Lanes.all].isNaN }
    let (values, knots) = (known.map { curves[$0] }, known.map { bins.values[$0] })
    return sample.levels.indices.map { code in
      binOfCode[code] < 0
        ? .zero : Lanes.interpolate(values, knots, at: sample.levels[code])
    }
  }

  /// Fits; within prompts from the present curves on.
  ///
  /// - Parameters:
  ///   - residualBounds: Of each robustness pass, beyond which a candidate has no weight.
  ///   - roundLimit: The most rounds of backfitting.
  ///   - tolerance: The curves rest once no bin moves by more than this part of the curve.
  /// - Returns: The last system that was solved.
  @discardableResult
  mutating func run(
    _ smoother: some BinSmoother, residualBounds: [Double] = [], roundLimit: Int = 30,
    tolerance: Double = 1e-4
  ) -> BinSystem? {
    guard bins.count > 0 else { return nil }
    let plain = plainSums ?? sums()
    plainSums = plain
    var system = BinSystem(
      bins: bins, sums: plain, smoother: smoother, roundLimit: roundLimit, tolerance: tolerance)
    (curves, modelEffects) = system.solution(from: curves, modelEffects)
    for bound in residualBounds {
      system = BinSystem(
        bins: bins, sums: sums(bound: bound), smoother: smoother, roundLimit: roundLimit,
        tolerance: tolerance)
      (curves, modelEffects) = system.solution(from: curves, modelEffects)
    }
    return system
  }

  /// By group, the squared error with which the rewards of its prompts are told by the curve without
  /// it, and from how many candidates; within prompts but for the level of the prompt.
  var errorsOfGroups: [(squares: Double, count: Int)] {
    let bias = table(of: curves)
    var errors = sizes.map { _ in (squares: 0.0, count: 0) }
    var rests: [Double] = []
    let modelEffects = modelEffects
    forEachPrompt { group, codes, models, rewards in
      rests.removeAll(keepingCapacity: true)
      for (code, reward) in zip(codes, rewards) { rests.append(reward - bias[Int(code)][group]) }
      for (index, model) in models.enumerated() {
        rests[index] -= modelEffects[min(Int(model), modelEffects.count - 1)][group]
      }
      let level = scope == .global ? 0 : rests.reduce(0, +) / Double(rests.count)
      for rest in rests { errors[group].squares += (rest - level) * (rest - level) }
      errors[group].count += rests.count
    }
    return errors
  }

  /// Visits the prompts that take part.
  private func forEachPrompt(
    _ body: (_ group: Int, _ codes: [UInt32], _ models: [UInt32], _ values: [Double]) -> Void
  ) {
    Self.forEachPrompt(sample, prompts, groups, scope, body)
  }

  private static func forEachPrompt(
    _ sample: Sample, _ prompts: PromptColumn, _ groups: [UInt8], _ scope: BiasScope,
    _ body: (_ group: Int, _ codes: [UInt32], _ models: [UInt32], _ values: [Double]) -> Void
  ) {
    let models = scope == .global ? nil : prompts.models?.codes
    Blocks.forEachPrompt(sample, prompts.codes, models: models) { prompt, codes, models, values in
      guard let first = codes.first,
        scope == .global || codes.contains(where: { $0 != first })
      else { return }
      body(Int(groups[Int(prompt)]), codes, models, values)
    }
  }

  // MARK: Sums

  /// Sums the candidates up at full weights.
  private func sums() -> PromptSums<Lanes> {
    var ofGroups = sizes.map { _ in
      PromptSums<Double>(scope, binCount: bins.count, modelCount: modelEffects.count)
    }
    let (binOfCode, unnamed) = (binOfCode, modelEffects.count - 1)
    var (places, own, ones): ([Int], [Int], [Double]) = ([], [], [])
    forEachPrompt { group, codes, models, rewards in
      places.removeAll(keepingCapacity: true)
      for code in codes { places.append(Int(binOfCode[Int(code)])) }
      own.removeAll(keepingCapacity: true)
      for model in models { own.append(min(Int(model), unnamed)) }
      while ones.count < codes.count { ones.append(1) }
      ofGroups[group].add(places, own, rewards, weights: ones)
    }
    return PromptSums(ofGroups)
  }

  /// Sums the candidates up.
  ///
  /// - Parameter bound: The residual from the present fits beyond which a candidate has no weight.
  private func sums(bound: Double) -> PromptSums<Lanes> {
    var sums = PromptSums<Lanes>(
      scope, binCount: bins.count, modelCount: modelEffects.count)
    let present = table(of: curves)
    let (binOfCode, masks, modelEffects) = (binOfCode, masks, modelEffects)
    let isGlobal = scope == .global
    var (places, own, weights): ([Int], [Int], [Lanes]) = ([], [], [])
    forEachPrompt { group, codes, models, rewards in
      let mask = masks[group]
      places.removeAll(keepingCapacity: true)
      own.removeAll(keepingCapacity: true)
      weights.removeAll(keepingCapacity: true)
      for model in models { own.append(min(Int(model), modelEffects.count - 1)) }
      var level = Lanes.zero
      for index in codes.indices {
        let code = Int(codes[index])
        places.append(Int(binOfCode[code]))
        var rest = rewards[index] - present[code]
        if !own.isEmpty { rest = rest - modelEffects[own[index]] }
        weights.append(isGlobal ? rest.bisquare(bound: bound) * mask : rest)
        level += rest
      }
      if !isGlobal {
        level = level * (1 / Double(codes.count))
        for index in weights.indices {
          weights[index] = (weights[index] - level).bisquare(bound: bound) * mask
        }
      }
      sums.add(places, own, rewards, weights: weights)
    }
    sums.finish()
    return sums
  }
}
