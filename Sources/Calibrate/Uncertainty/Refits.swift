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
    Self.forEachPrompt(sample, prompts, groups, scope) { group, codes, _ in
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

  /// Lets every refit begin with a curve.
  mutating func start(from curve: BiasCurve) {
    curves = bins.values.map { Lanes(repeating: curve.bias(at: $0) ?? 0) }
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
    case .global: curves = smooth(smoother, residualBounds, effectsOf: nil)
    case .withinPrompt: backfit(smoother, residualBounds, roundLimit, tolerance)
    }
  }

  /// By group, the squared error with which the rewards of its prompts are told by the curve without
  /// it, and from how many candidates; within prompts but for the level of the prompt.
  var errorsOfGroups: [(squares: Double, count: Int)] {
    let bias = table(of: curves)
    var errors = sizes.map { _ in (squares: 0.0, count: 0) }
    var rests: [Double] = []
    forEachPrompt { group, codes, rewards in
      rests.removeAll(keepingCapacity: true)
      for (code, reward) in zip(codes, rewards) { rests.append(reward - bias[Int(code)][group]) }
      let level = scope == .global ? 0 : rests.reduce(0, +) / Double(rests.count)
      for rest in rests { errors[group].squares += (rest - level) * (rest - level) }
      errors[group].count += rests.count
    }
    return errors
  }

  /// Visits the prompts that take part.
  private func forEachPrompt(
    _ body: (_ group: Int, _ codes: [UInt32], _ values: [Double]) -> Void
  ) {
    Self.forEachPrompt(sample, prompts, groups, scope, body)
  }

  private static func forEachPrompt(
    _ sample: Sample, _ prompts: PromptColumn, _ groups: [UInt8], _ scope: BiasScope,
    _ body: (_ group: Int, _ codes: [UInt32], _ values: [Double]) -> Void
  ) {
    Blocks.forEachPrompt(sample, prompts.codes) { prompt, codes, values in
      guard let first = codes.first,
        scope == .global || codes.contains(where: { $0 != first })
      else { return }
      body(Int(groups[Int(prompt)]), codes, values)
    }
  }

  /// One smooth with its robustness passes.
  ///
  /// - Parameter bias: Within prompts, what prompts' effects are taken from, by code.
  private func smooth(
    _ smoother: some BinSmoother, _ residualBounds: [Double], effectsOf bias: [Lanes]?
  ) -> [Lanes] {
    var curves: [Lanes] = []
    for pass in 0...residualBounds.count {
      let former = pass == 0 ? nil : table(of: curves)
      var weights = [Lanes](repeating: Lanes(repeating: 0), count: bins.count)
      var values = weights
      let zero = Lanes(repeating: 0)
      forEachPrompt { group, codes, rewards in
        let mask = masks[group]
        var effect = zero
        if let bias {
          for (code, reward) in zip(codes, rewards) { effect += reward - bias[Int(code)] }
          effect = effect * (1 / Double(codes.count))
        }
        for (code, reward) in zip(codes, rewards) {
          let bin = Int(binOfCode[Int(code)])
          guard bin >= 0 else { continue }
          let value = reward - effect
          let weight =
            former.map { (value - $0[Int(code)]).bisquare(bound: residualBounds[pass - 1]) * mask }
            ?? mask
          weights[bin] += weight
          values[bin] += value * weight
        }
      }
      curves = smoother.smooth(bins, weights: weights, values: values)
      for bin in curves.indices where !curves[bin][Lanes.all].isNaN {
        curves[bin] = curves[bin].replacingNaN(with: Lanes(repeating: curves[bin][Lanes.all]))
      }
    }
    return curves
  }

  /// Prompts' effects and the curve in turn, until the curves rest; from the fit of all.
  ///
  /// Each round goes on as far as the last two suggest, as in `Backfit`.
  private mutating func backfit(
    _ smoother: some BinSmoother, _ residualBounds: [Double], _ roundLimit: Int,
    _ tolerance: Double
  ) {
    let counts = bins.codes.indices.map { Double(bins.candidates(at: $0)) }
    let total = counts.reduce(0, +)
    func centered(_ curves: [Lanes]) -> [Lanes] {
      var mean = Lanes(repeating: 0)
      for bin in curves.indices where !curves[bin][Lanes.all].isNaN {
        mean += curves[bin] * (counts[bin] / total)
      }
      return curves.map { $0 - mean }
    }
    var start = centered(curves)
    var previous: (smooth: [Lanes], movement: [Lanes])?
    for _ in 0..<roundLimit {
      let smoothed = centered(smooth(smoother, residualBounds, effectsOf: table(of: start)))
      let movement = zip(smoothed, start).map { ($0 - $1).replacingNaN(with: Lanes(repeating: 0)) }
      curves = smoothed
      let extent = smoothed.reduce(0.0) { extent, curve in
        let height = abs(curve[Lanes.all])
        return height > extent ? height : extent
      }
      let moved = movement.reduce(0.0) { max($0, $1.magnitude.largest) }
      if moved <= tolerance * extent { break }
      start = smoothed
      if let previous {
        var product = Lanes(repeating: 0)
        var square = product
        for bin in counts.indices {
          let difference = movement[bin] - previous.movement[bin]
          product += movement[bin] * difference * counts[bin]
          square += difference * difference * counts[bin]
        }
        var step = (Lanes(repeating: 0) - product) / square
        for lane in 0..<Lanes.count where !(step[lane] > 0 && step[lane] <= 50) { step[lane] = 0 }
        for bin in start.indices {
          start[bin] = smoothed[bin] + step * (smoothed[bin] - previous.smooth[bin])
        }
      }
      previous = (smoothed, movement)
    }
  }
}
