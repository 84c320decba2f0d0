/// Reward = effect of the prompt + effect of the model + bias + rest, by bins and at fixed weights,
/// in all refits at once.
struct BinSystem {
  typealias Solution = (curves: [Lanes], modelEffects: [Lanes])

  private let bins: PopulationLevels
  private var sums: PromptSums<Lanes>
  private let smooth: BinSmooth
  /// The most rounds of backfitting.
  private let roundLimit: Int
  /// The curves rest once no bin moves by more than this part of the curve.
  private let tolerance: Double
  /// By bin and then by model, how many candidates the fit of all has there.
  private let counts: [Double]

  init(
    bins: PopulationLevels, sums: PromptSums<Lanes>, smoother: some BinSmoother, roundLimit: Int,
    tolerance: Double
  ) {
    self.bins = bins
    self.sums = sums
    self.roundLimit = roundLimit
    self.tolerance = tolerance
    smooth = smoother.smooth(bins, weights: Array(sums.weights[..<bins.count]))
    counts =
      bins.codes.indices.map { Double(bins.candidates(at: $0)) }
      + sums.weights[bins.count...].map { $0[Lanes.all] }
  }

  /// Curves without most of their smoothing bias: twice what they lose when they are smoothed as the
  /// rewards were is given back.
  ///
  /// Of a smoother S, f + (f − S f) is twicing (J. W. Tukey, "Exploratory data analysis", 1977), and
  /// this is the step after it (P. Bühlmann and B. Yu, "Boosting with the L2 loss", JASA 98 (2003),
  /// 324–339).
  func corrected(_ curves: [Lanes]) -> [Lanes] {
    var corrected = curves
    for _ in 0..<2 {
      var again = self
      again.sums = sums.replacing(rewards: closed(corrected))
      let none = [Lanes](repeating: .zero, count: counts.count - bins.count)
      let smoothed = again.solution(from: corrected, none).curves
      for bin in curves.indices { corrected[bin] += curves[bin] - smoothed[bin] }
    }
    return corrected
  }

  /// Prompts' effects, models' effects and the curve in turn, until the curves rest.
  ///
  /// Each round goes on as far as the last two suggest: the secant method for vectors (Anderson 1965,
  /// depth 1).
  func solution(from curves: [Lanes], _ modelEffects: [Lanes]) -> Solution {
    let binCount = bins.count
    guard sums.hasEffects else { return (filled(smooth(sums.image(of: []))), modelEffects) }
    var result = (curves: curves, modelEffects: modelEffects)
    var start = centered(closed(curves) + modelEffects)
    var previous: (image: [Lanes], movement: [Lanes])?
    for _ in 0..<roundLimit {
      let added = sums.image(of: start)
      let curves = filled(smooth(added))
      let models = (binCount..<added.count).map {
        (added[$0] / sums.weights[$0]).replacingNaN(with: .zero)
      }
      let image = centered(closed(curves) + models)
      result = (centered(curves), Array(image[binCount...]))
      let movement = zip(image, start).map { $0 - $1 }
      let extent = image.reduce(0.0) { max($0, abs($1[Lanes.all])) }
      let moved = movement.reduce(0.0) { max($0, $1.magnitude.largest) }
      if moved <= tolerance * extent { break }
      start = image
      if let previous {
        var product = Lanes.zero
        var square = product
        for entry in counts.indices {
          let difference = movement[entry] - previous.movement[entry]
          product += movement[entry] * difference * counts[entry]
          square += difference * difference * counts[entry]
        }
        var step = (Lanes.zero - product) / square
        for lane in 0..<Lanes.count where !(step[lane] > 0 && step[lane] <= 50) { step[lane] = 0 }
        for entry in start.indices {
          start[entry] = image[entry] + step * (image[entry] - previous.image[entry])
        }
      }
      previous = (image, movement)
    }
    return result
  }

  /// Curves, with that of all prompts where a refit has none.
  private func filled(_ curves: [Lanes]) -> [Lanes] {
    curves.map { curve in
      let whole = curve[Lanes.all]
      return whole.isNaN ? curve : curve.replacingNaN(with: Lanes(repeating: whole))
    }
  }

  /// Estimates without their free constants.
  private func centered(_ estimate: [Lanes]) -> [Lanes] {
    var estimate = estimate
    for range in [0..<bins.count, bins.count..<estimate.count] {
      var (mean, total) = (Lanes.zero, 0.0)
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

  /// Curves that are interpolated where there is none.
  private func closed(_ curves: [Lanes]) -> [Lanes] {
    let known = curves.indices.filter { !curves[$0][Lanes.all].isNaN }
    guard known.count < curves.count else { return curves }
    let (values, knots) = (known.map { curves[$0] }, known.map { bins.values[$0] })
    return bins.values.map {
      known.isEmpty ? Lanes.zero : .interpolate(values, knots, at: $0)
    }
  }
}
