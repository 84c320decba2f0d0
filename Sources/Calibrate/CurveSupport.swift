/// What a fitted curve rests on, and how far its shape may be off, at some places along it.
///
/// See docs/calibration.md, "Support and band".
package struct CurveSupport: Hashable, Sendable {
  /// The support of the curve at one value of the characteristic.
  package struct Place: Hashable, Sendable {
    /// The value of the characteristic.
    package let length: Double
    /// (Σ w)² / Σ w² over the candidates' weights in the line through this place.
    package let effectiveCount: Double
    /// By how much what the curve lies here above its value at ``reference`` is too large since it
    /// was smoothed, as far as that can be told; NaN where it was not asked for, or no candidate has a weight.
    package let smoothingBias: Double
    /// The standard error of the difference less that.
    package let standardError: Double
    /// How far the 95 % band of the difference reaches to either side of its middle, which is the
    /// difference less the smoothing bias.
    package let halfWidth: Double

    /// The 95 % band at a value of the curve.
    package func band(at bias: Double) -> (lower: Double, upper: Double) {
      (bias - smoothingBias - halfWidth, bias - smoothingBias + halfWidth)
    }
  }

  /// In ascending order of length, both ends of the fitted lengths among them.
  package let places: [Place]
  /// The part of the fitted candidates whose nearest place has fewer effective candidates than
  /// `leastCount`.
  package let weakShare: Double

  /// The median of the characteristic, which the band is about; nil where it was not asked for.
  package let reference: Double?

  /// With fewer effective candidates a curve rests on few points.
  package static var leastCount: Double { 30 }
  /// Places that are measured at most.
  package static var placeLimit: Int { 100 }

  /// Measures the support of a fit.
  ///
  /// - Parameters:
  ///   - population: The levels that were fitted.
  ///   - tallies: What their candidates weighed, by code.
  ///   - parameters: What they were fitted with.
  ///   - replicates: The curve without each group of prompts, for the band.
  /// - Complexity: O(places · U) time.
  init(
    _ population: PopulationLevels, tallies: [LocalInfluence.Tally],
    parameters: Lowess.Parameters, replicates: Replicates? = nil
  ) {
    let chosen = population.places(atMost: Self.placeLimit)
    let counts = LocalInfluence.effectiveCounts(
      at: chosen, of: population, tallies: tallies,
      neighbours: parameters.neighbours(of: population.population))
    places = zip(chosen, counts).map { place, count in
      let deviation = count > 0 ? replicates?.deviation(at: population.values[place]) : nil
      let error = deviation?.standardError ?? .nan
      return Place(
        length: population.values[place], effectiveCount: count,
        smoothingBias: deviation?.smoothing ?? .nan, standardError: error,
        halfWidth: error * Jackknife.halfWidth(groups: replicates?.sizes ?? []))
    }
    reference = replicates?.median
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
    weakShare =
      population.population == 0 ? 0 : Double(weak) / Double(population.population)
  }
}
