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
  /// Within prompts, the sums at full weights, which do not change.
  private var plainSums: PromptSums?
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
    curves = middles.map { _ in Lanes(repeating: 0) }
    let models = scope == .global ? nil : prompts.models
    modelEffects = Array(repeating: Lanes(repeating: 0), count: models.map { $0.count + 1 } ?? 0)
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
        ? Lanes(repeating: 0) : Lanes.interpolate(values, knots, at: sample.levels[code])
    }
  }

  /// Fits; within prompts from the present curves on.
  ///
  /// - Parameters:
  ///   - residualBounds: Of each robustness pass, beyond which a candidate has no weight.
  ///   - roundLimit: The most rounds of backfitting.
  ///   - tolerance: The curves rest once no bin moves by more than this part of the curve.
  mutating func run(
    _ smoother: some BinSmoother, residualBounds: [Double] = [], roundLimit: Int = 30,
    tolerance: Double = 1e-4
  ) {
    guard bins.count > 0 else { return }
    switch scope {
    case .global: curves = smooth(smoother, residualBounds)
    case .withinPrompt:
      let sums = plainSums ?? sums(bound: nil)
      plainSums = sums
      backfit(smoother, sums, roundLimit, tolerance)
      for bound in residualBounds {
        backfit(smoother, self.sums(bound: bound), roundLimit, tolerance)
      }
    }
  }

  /// By group, the squared error with which the rewards of its prompts are told by the curve without
  /// it, and from how many candidates; within prompts but for the level of the prompt.
  var errorsOfGroups: [(squares: Double, count: Int)] {
    let bias = table(of: curves)
    var errors = sizes.map { _ in (squares: 0.0, count: 0) }
    var rests: [Double] = []
    forEachPrompt { group, codes, models, rewards in
      rests.removeAll(keepingCapacity: true)
      for (code, reward) in zip(codes, rewards) { rests.append(reward - bias[Int(code)][group]) }
      for (index, model) in models.enumerated() {
        rests[index] -= modelEffects[category(ofModel: model)][group]
      }
      let level = scope == .global ? 0 : rests.reduce(0, +) / Double(rests.count)
      for rest in rests { errors[group].squares += (rest - level) * (rest - level) }
      errors[group].count += rests.count
    }
    return errors
  }

  /// The number of a model, the last of those that are not named.
  private func category(ofModel model: UInt32) -> Int { min(Int(model), modelEffects.count - 1) }

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

  // MARK: Global

  /// A smooth of all candidates with its robustness passes.
  private func smooth(_ smoother: some BinSmoother, _ residualBounds: [Double]) -> [Lanes] {
    var curves: [Lanes] = []
    for pass in 0...residualBounds.count {
      let former = pass == 0 ? nil : table(of: curves)
      var weights = [Lanes](repeating: Lanes(repeating: 0), count: bins.count)
      var values = weights
      forEachPrompt { group, codes, _, rewards in
        let mask = masks[group]
        for (code, reward) in zip(codes, rewards) {
          let bin = Int(binOfCode[Int(code)])
          guard bin >= 0 else { continue }
          let weight =
            former.map { (reward - $0[Int(code)]).bisquare(bound: residualBounds[pass - 1]) * mask }
            ?? mask
          weights[bin] += weight
          values[bin] += weight * reward
        }
      }
      curves = filled(smoother.smooth(bins, weights: weights, values: values))
    }
    return curves
  }

  /// Curves, with that of all prompts where a refit has none.
  private func filled(_ curves: [Lanes]) -> [Lanes] {
    curves.map { curve in
      let whole = curve[Lanes.all]
      return whole.isNaN ? curve : curve.replacingNaN(with: Lanes(repeating: whole))
    }
  }

  // MARK: Within prompts

  /// Sums the candidates up.
  ///
  /// - Parameter bound: The residual from the present fits beyond which a candidate has no weight; nil
  ///   for full weights.
  private func sums(bound: Double?) -> PromptSums {
    var sums = PromptSums(binCount: bins.count, modelCount: modelEffects.count)
    let zero = Lanes(repeating: 0)
    let present = table(of: curves)
    var (places, weights, rests): ([Int], [Lanes], [Lanes]) = ([], [], [])
    forEachPrompt { group, codes, models, rewards in
      let mask = masks[group]
      places.removeAll(keepingCapacity: true)
      weights.removeAll(keepingCapacity: true)
      for code in codes { places.append(Int(binOfCode[Int(code)])) }
      if let bound {
        rests.removeAll(keepingCapacity: true)
        var level = zero
        for index in codes.indices {
          var rest = rewards[index] - present[Int(codes[index])]
          if !models.isEmpty { rest = rest - modelEffects[category(ofModel: models[index])] }
          rests.append(rest)
          level += rest
        }
        level = level * (1 / Double(codes.count))
        for rest in rests { weights.append((rest - level).bisquare(bound: bound) * mask) }
      } else {
        for _ in codes { weights.append(mask) }
      }
      sums.add(places, models.map(category), rewards, weights: weights)
    }
    sums.finish()
    return sums
  }

  /// Prompts' effects, models' effects and the curve in turn, until the curves rest; from the present
  /// ones on.
  ///
  /// Each round goes on as far as the last two suggest: the secant method for vectors (Anderson 1965,
  /// depth 1).
  private mutating func backfit(
    _ smoother: some BinSmoother, _ sums: PromptSums, _ roundLimit: Int, _ tolerance: Double
  ) {
    let binCount = bins.count
    let counts =
      bins.codes.indices.map { Double(bins.candidates(at: $0)) }
      + sums.weights[binCount...].map { $0[Lanes.all] }
    func centered(_ estimate: [Lanes]) -> [Lanes] {
      var estimate = estimate
      for range in [0..<binCount, binCount..<estimate.count] {
        var (mean, total) = (Lanes(repeating: 0), 0.0)
        for entry in range where !estimate[entry][Lanes.all].isNaN {
          mean += estimate[entry] * counts[entry]
          total += counts[entry]
        }
        guard total > 0 else { continue }
        mean = mean * (1 / total)
        for entry in range { estimate[entry] = estimate[entry] - mean }
      }
      return estimate
    }
    func closed(_ curves: [Lanes]) -> [Lanes] {
      let known = curves.indices.filter { !curves[$0][Lanes.all].isNaN }
      guard known.count < curves.count else { return curves }
      let (values, knots) = (known.map { curves[$0] }, known.map { bins.values[$0] })
      return bins.values.map {
        known.isEmpty ? Lanes(repeating: 0) : .interpolate(values, knots, at: $0)
      }
    }
    var start = centered(closed(curves) + modelEffects)
    var previous: (image: [Lanes], movement: [Lanes])?
    for _ in 0..<roundLimit {
      let added = sums.image(of: start)
      let smooth = filled(
        smoother.smooth(
          bins, weights: Array(sums.weights[..<binCount]), values: Array(added[..<binCount])))
      let models = (binCount..<added.count).map {
        (added[$0] / sums.weights[$0]).replacingNaN(with: Lanes(repeating: 0))
      }
      curves = centered(smooth)
      let image = centered(closed(smooth) + models)
      modelEffects = Array(image[binCount...])
      let movement = zip(image, start).map { $0 - $1 }
      let extent = image.reduce(0.0) { max($0, abs($1[Lanes.all])) }
      let moved = movement.reduce(0.0) { max($0, $1.magnitude.largest) }
      if moved <= tolerance * extent { break }
      start = image
      if let previous {
        var product = Lanes(repeating: 0)
        var square = product
        for entry in counts.indices {
          let difference = movement[entry] - previous.movement[entry]
          product += movement[entry] * difference * counts[entry]
          square += difference * difference * counts[entry]
        }
        var step = (Lanes(repeating: 0) - product) / square
        for lane in 0..<Lanes.count where !(step[lane] > 0 && step[lane] <= 50) { step[lane] = 0 }
        for entry in start.indices {
          start[entry] = image[entry] + step * (image[entry] - previous.image[entry])
        }
      }
      previous = (image, movement)
    }
  }
}
