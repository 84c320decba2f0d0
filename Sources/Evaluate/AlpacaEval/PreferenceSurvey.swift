package import Records

/// What tells the scale of preferences: all of them, as 1 is a win on one scale and a loss on the
/// other.
struct PreferenceSurvey: Sendable {
  /// A preference and where it is.
  struct Sample: Sendable {
    var score: Double
    var row: Int
    var location: SourceLocation

    /// `0.3 in row 4 of a.json`.
    var description: String {
      let place = location.line.map { "line \($0)" } ?? "row \(row)"
      return "\(score) in \(place) of \(location.file)"
    }
  }

  /// The first one between 0 and 1, of which only one scale has any.
  private var fraction: Sample?
  /// The first one above 1 and up to 2.
  private var aboveOne: Sample?
  /// The first one that neither scale has.
  private var outside: Sample?
  /// The first one of AlpacaEval's annotations, whose scale is known.
  private var annotation: Sample?
  private var hasZero = false
  private var hasOne = false

  /// Looks at a preference; NaN is none.
  mutating func add(_ sample: Sample, isAnnotation: Bool) {
    switch sample.score {
    case let score where score.isNaN: return
    case 0: hasZero = true
    case 1: hasOne = true
    case 0..<1: fraction = fraction ?? sample
    case 1...2: aboveOne = aboveOne ?? sample
    default: outside = outside ?? sample
    }
    if isAnnotation { annotation = annotation ?? sample }
  }

  /// Whether nothing but 1 was seen, which one scale calls wins and the other losses.
  var isUndecided: Bool {
    hasOne && !hasZero && fraction == nil && aboveOne == nil && annotation == nil
  }

  /// The scale that all preferences are on.
  func scale() throws(PreferenceFault) -> PreferenceScale {
    if let outside {
      throw PreferenceFault(
        message: "preferences go from 0 to 1 or from 1 to 2, found \(outside.description)",
        location: outside.location,
        hint: "correct it; leave out --preferences if the scores are rewards; or say with "
          + "--preference-scale 0-1 or 1-2 what is meant, then others count as missing")
    }
    let hint =
      "correct them, or say with --preference-scale 0-1 or 1-2 what is meant, then others count "
      + "as missing"
    if let fraction, annotation != nil {
      throw PreferenceFault(
        message: "AlpacaEval's preferences go from 1 to 2, found \(fraction.description)",
        location: fraction.location, hint: hint)
    }
    if let fraction, let aboveOne {
      throw PreferenceFault(
        message: "preferences are to be all from 0 to 1 or all from 1 to 2, found "
          + "\(fraction.description) and \(aboveOne.description)",
        location: fraction.location, hint: hint)
    }
    return aboveOne != nil || annotation != nil ? .oneToTwo : .zeroToOne
  }
}

/// Preferences whose meaning cannot be told.
package struct PreferenceFault: ReportableError {
  let message: String
  var location: SourceLocation?
  let hint: String?

  package var category: FailureCategory { .badData }

  package var diagnostic: Diagnostic { Diagnostic(.error, message, at: location, hint: hint) }
}
