package import Columns

/// What a fitted curve rests on, and how far it may be off, at some places along it.
///
/// See docs/calibration.md, "Support and band".
package struct CurveSupport: Hashable, Sendable {
  /// The support of the curve at one value of the characteristic.
  package struct Place: Hashable, Sendable {
    /// The value of the characteristic.
    package let length: Double
    /// (Σ w)² / Σ w² over the candidates' weights in the line through this place.
    package let effectiveCount: Double
    /// The cluster-robust standard error of the curve; NaN where no candidate has a weight.
    package let standardError: Double

    /// Half the width of the band that holds the curve with a probability of 95 %.
    package var halfWidth: Double { 1.959963984540054 * standardError }
  }

  /// In ascending order of length, both ends of the fitted lengths among them.
  package let places: [Place]
  /// The part of the fitted candidates whose nearest place has fewer effective candidates than
  /// `leastCount`.
  package let weakShare: Double

  /// With fewer effective candidates a curve rests on few points.
  package static var leastCount: Double { 30 }
  /// Places that are measured at most.
  package static var placeLimit: Int { 100 }

  /// Measures the support of a fit.
  ///
  /// The variance is that of the sandwich with prompts as clusters, robustness weights held fixed:
  /// Σ over prompts of (Σ over its candidates of coefficient · residual)².
  ///
  /// - Parameters:
  ///   - sample: What was fitted.
  ///   - prompts: For each candidate its prompt; those of a prompt stand together.
  ///   - population: The levels that occur.
  ///   - fit: The fit of these candidates.
  ///   - parameters: What it was fitted with.
  ///   - threads: How many threads may work; the result does not depend on it.
  /// - Complexity: O(places · (n / 8 + U)) time, 64 bytes a level.
  package init(
    _ sample: Sample, prompts: any CodeSource, population: PopulationLevels, fit: Lowess.Fit,
    parameters: Lowess.Parameters, threads: Int = 1
  ) {
    let tallies = Parallel.sums(
      from: LocalInfluence.Tally(), count: sample.count, levels: sample.levels.count,
      threads: threads
    ) { range, tallies in
      Blocks.forEach(sample, in: range) { codes, values in
        for index in codes.indices {
          let code = Int(codes[index])
          let weight = fit.weight(of: values[index], code: code)
          if !weight.isNaN { tallies[code].add(weight) }
        }
      }
    } merge: {
      $0.add($1)
    }
    var influence = LocalInfluence(
      levels: population, tallies: tallies,
      neighbours: parameters.neighbours(of: population.population))
    // No part ends within a prompt.
    let parts = Parallel.parts(of: sample.count)
    let bounds = (0...parts).map { part in
      var bound = sample.count * part / parts
      while bound > 0, bound < sample.count, prompts[bound] == prompts[bound - 1] { bound += 1 }
      return bound
    }
    var places: [Place] = []
    while influence.advance() {
      var sums = [SIMD8<Double>](repeating: .zero, count: parts)
      let coefficients = influence.coefficients
      sums.withUnsafeMutableBufferPointer { sums in
        Parallel.perform(parts, threads: threads) { part in
          var score = SIMD8<Double>.zero
          var sum = SIMD8<Double>.zero
          var last: UInt32?
          Blocks.forEach(sample, prompts, in: bounds[part]..<bounds[part + 1]) {
            codes, prompts, values in
            for index in codes.indices {
              if prompts[index] != last {
                sum += score * score
                score = .zero
                last = prompts[index]
              }
              let code = Int(codes[index])
              let residual = fit.weightedResidual(of: values[index], code: code)
              if !residual.isNaN { score += coefficients[code] * residual }
            }
          }
          sums[part] = sum + score * score
        }
      }
      places += influence.places(variances: sums.reduce(.zero, +))
    }
    self.init(places, of: population)
  }

  init(_ places: [Place], of population: PopulationLevels) {
    self.places = places
    var weak = 0
    var nearest = 0
    for (number, length) in population.values.enumerated() {
      while nearest + 1 < places.count,
        abs(places[nearest + 1].length - length) <= abs(places[nearest].length - length)
      {
        nearest += 1
      }
      if places[nearest].effectiveCount < Self.leastCount {
        weak += population.candidates(at: number)
      }
    }
    weakShare = population.population == 0 ? 0 : Double(weak) / Double(population.population)
  }
}
