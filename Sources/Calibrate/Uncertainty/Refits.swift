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
    Self.forEachBatch(sample, prompts, scope) { batch in
      for (place, prompt) in batch.prompts.enumerated() {
        let members = batch.members(of: place)
        guard Self.takesPart(batch.codes.span.extracting(members), scope) else { continue }
        sizes[Int(groups[Int(prompt)])] += 1
        for candidate in members { counts[Int(batch.codes[candidate])] += 1 }
      }
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

  /// By group, the squared error with which the rewards of its prompts are identified by the curve without
  /// it, and from how many candidates; within prompts but for the level of the prompt.
  var errorsOfGroups: [(squares: Double, count: Int)] {
    let bias = table(of: curves)
    var errors = sizes.map { _ in (squares: 0.0, count: 0) }
    var rests: [Double] = []
    let modelEffects = modelEffects
    forEachBatch { batch in
      for (place, prompt) in batch.prompts.enumerated() {
        let members = batch.members(of: place)
        guard Self.takesPart(batch.codes.span.extracting(members), scope) else { continue }
        let group = Int(groups[Int(prompt)])
        rests.removeAll(keepingCapacity: true)
        for candidate in members {
          rests.append(batch.values[candidate] - bias[Int(batch.codes[candidate])][group])
        }
        if !modelEffects.isEmpty {
          for (index, candidate) in members.enumerated() {
            let model = min(Int(batch.models[candidate]), modelEffects.count - 1)
            rests[index] -= modelEffects[model][group]
          }
        }
        let level = scope == .global ? 0 : rests.reduce(0, +) / Double(rests.count)
        for rest in rests { errors[group].squares += (rest - level) * (rest - level) }
        errors[group].count += rests.count
      }
    }
    return errors
  }

  private func forEachBatch(_ body: (borrowing PromptBatch) -> Void) {
    Self.forEachBatch(sample, prompts, scope, body)
  }

  private static func forEachBatch(
    _ sample: Sample, _ prompts: PromptColumn, _ scope: BiasScope,
    _ body: (borrowing PromptBatch) -> Void
  ) {
    PromptBatch.forEach(
      in: sample, prompts.codes, models: scope == .global ? nil : prompts.models?.codes, body)
  }

  /// Whether a prompt takes part.
  private static func takesPart(_ codes: Span<UInt32>, _ scope: BiasScope) -> Bool {
    guard scope != .global else { return !codes.isEmpty }
    for place in codes.indices where codes[place] != codes[0] { return true }
    return false
  }

  // MARK: Sums

  /// Sums the candidates up at full weights.
  private func sums() -> PromptSums<Lanes> {
    var ofGroups = sizes.map { _ in
      PromptSums<Double>(scope, binCount: bins.count, modelCount: modelEffects.count)
    }
    let (binOfCode, unnamed) = (binOfCode, modelEffects.count - 1)
    var (places, own, ones): ([Int], [Int], [Double]) = ([], [], [])
    forEachBatch { batch in
      for (place, prompt) in batch.prompts.enumerated() {
        let members = batch.members(of: place)
        let codes = batch.codes.span.extracting(members)
        guard Self.takesPart(codes, scope) else { continue }
        places.removeAll(keepingCapacity: true)
        own.removeAll(keepingCapacity: true)
        for candidate in members {
          places.append(Int(binOfCode[Int(batch.codes[candidate])]))
          if unnamed >= 0 { own.append(min(Int(batch.models[candidate]), unnamed)) }
        }
        while ones.count < members.count { ones.append(1) }
        ofGroups[Int(groups[Int(prompt)])].add(
          places.span, own.span, batch.values.span.extracting(members),
          weights: ones.span.extracting(0..<members.count))
      }
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
    forEachBatch { batch in
      for (place, prompt) in batch.prompts.enumerated() {
        let members = batch.members(of: place)
        guard Self.takesPart(batch.codes.span.extracting(members), scope) else { continue }
        let mask = masks[Int(groups[Int(prompt)])]
        places.removeAll(keepingCapacity: true)
        own.removeAll(keepingCapacity: true)
        weights.removeAll(keepingCapacity: true)
        var level = Lanes.zero
        for candidate in members {
          let code = Int(batch.codes[candidate])
          places.append(Int(binOfCode[code]))
          var rest = batch.values[candidate] - present[code]
          if !modelEffects.isEmpty {
            let model = min(Int(batch.models[candidate]), modelEffects.count - 1)
            own.append(model)
            rest = rest - modelEffects[model]
          }
          weights.append(rest)
          level += rest
        }
        level = isGlobal ? .zero : level * (1 / Double(members.count))
        var rests = weights.mutableSpan
        Lanes.weigh(&rests, from: level, bound: bound, mask: mask)
        sums.add(
          places.span, own.span, batch.values.span.extracting(members), weights: weights.span)
      }
    }
    sums.finish()
    return sums
  }
}
