// Brings in libm, which the standard library's squareRoot() calls in debug builds.
internal import Glibc

/// How far a fitted curve lies from an earlier one.
///
/// A bias is known up to a constant, so both are taken about their values at one reference, that of
/// the earlier curve's band. Where both have standard errors they are compared as the middles of
/// their bands, from which most of the smoothing bias is gone; the fits are taken to be independent.
package struct CurveChange: Sendable {
  /// An earlier curve as its file tells it.
  package struct Former: Sendable {
    package var curve: BiasCurve
    /// The value of the characteristic that the band is about, and the band; nil without one.
    package var band: Band?

    package init(_ curve: BiasCurve, band: Band?) {
      self.curve = curve
      self.band = band
    }
  }

  /// What an earlier curve's file says of its band.
  package struct Band: Sendable {
    package var reference: Double
    /// In ascending order of length.
    package var places: [(length: Double, middle: Double, standardError: Double)]

    /// - Parameter places: For each value of the characteristic the middle of the band, and the
    ///   standard error of what it lies above that at the reference.
    package init(
      reference: Double, places: [(length: Double, middle: Double, standardError: Double)]
    ) {
      self.reference = reference
      self.places = places
    }
  }

  /// Both curves at one value of the characteristic, about their values at the reference.
  package struct Place: Sendable {
    package let length: Double
    package let former: Double
    package let current: Double
    /// Of the difference; NaN where it is not known.
    package let standardError: Double
    /// How far the 95 % interval of the difference reaches to either side.
    package let halfWidth: Double

    package var difference: Double { current - former }
  }

  package let characteristic: String
  package let reference: Double
  /// In ascending order of length, as far as both curves reach.
  package let places: [Place]

  /// The place of the largest difference, to either side.
  package var largest: Place? { places.max { abs($0.difference) < abs($1.difference) } }

  /// Nil where the two have no range in common.
  package init?(from former: Former, to fitted: FittedCurve) {
    characteristic = fitted.curve.characteristic
    let current = fitted.curve
    let support = fitted.support?.places.map(\.length) ?? []
    let own = current.knots.map(\.length)
    let lengths = former.band?.places.map(\.length) ?? former.curve.knots.map(\.length)
    let ends = [own, former.curve.knots.map(\.length)].filter { !$0.isEmpty }
    let start = ends.compactMap(\.first).max() ?? 0
    let end = ends.compactMap(\.last).min() ?? 0
    let shared = Set(lengths + support).filter { $0 >= start && $0 <= end }.sorted()
    guard let middle = shared.isEmpty ? nil : shared[shared.count / 2] else { return nil }
    reference = former.band.map { min(max($0.reference, start), end) } ?? middle
    let reference = reference
    guard let formerThere = former.curve.bias(at: reference),
      let currentThere = current.bias(at: reference)
    else { return nil }
    // Errors of differences from another place would be of something else.
    let isKnown = former.band.map { $0.reference == reference } ?? false
    let deviations = isKnown && fitted.support?.reference != nil ? fitted.replicates : nil
    let reach = Jackknife.halfWidth(groups: deviations?.sizes ?? [])
    places = shared.compactMap { length in
      guard let formerBias = former.curve.bias(at: length),
        let currentBias = current.bias(at: length)
      else { return nil }
      let (plainFormer, plainCurrent) = (formerBias - formerThere, currentBias - currentThere)
      guard let deviations, let band = former.band else {
        return Place(
          length: length, former: plainFormer, current: plainCurrent, standardError: .nan,
          halfWidth: .nan)
      }
      guard let place = band.place(at: length) else { return nil }
      let deviation = deviations.deviation(at: length, from: reference)
      let error =
        (deviation.standardError * deviation.standardError
        + place.standardError * place.standardError).squareRoot()
      return Place(
        length: length, former: place.middle - formerThere,
        current: plainCurrent - deviation.smoothing, standardError: error,
        halfWidth: error * reach)
    }
    guard !places.isEmpty else { return nil }
  }
}

extension CurveChange.Band {
  /// The band at a value of the characteristic, interpolated; nil beyond its ends and where it is
  /// not known.
  func place(at length: Double) -> (middle: Double, standardError: Double)? {
    guard let upper = places.firstIndex(where: { $0.length >= length }) else { return nil }
    let high = places[upper]
    if high.length == length { return known(high.middle, high.standardError) }
    guard upper > 0 else { return nil }
    let low = places[upper - 1]
    let part = (length - low.length) / (high.length - low.length)
    return known(
      low.middle * (1 - part) + high.middle * part,
      low.standardError * (1 - part) + high.standardError * part)
  }

  private func known(
    _ middle: Double, _ error: Double
  ) -> (middle: Double, standardError: Double)? {
    middle.isFinite && error.isFinite ? (middle, error) : nil
  }
}
