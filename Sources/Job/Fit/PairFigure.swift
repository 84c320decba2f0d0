// Brings in libm for the logarithm.
internal import Glibc
internal import Records

/// A figure of the pairs that an alpha can be chosen by.
package enum PairFigure: String {
  case meanGap = "mean_gap"
  case longerChosen = "longer_chosen"
  case logRatio = "log_ratio"

  /// What it is called in messages.
  package var title: String {
    switch self {
    case .meanGap: "mean gap"
    case .longerChosen: "share of longer chosen"
    case .logRatio: "mean log ratio"
    }
  }

  /// A value of it.
  package func text(_ value: Double) -> String {
    switch self {
    case .meanGap: Quantity.signed(value, places: 2)
    case .longerChosen: Quantity.percent(value)
    case .logRatio: Quantity.signed(value, places: 4)
    }
  }

  /// What a pair adds to the mean.
  func value(_ chosen: Double, _ rejected: Double) -> Double {
    switch self {
    case .meanGap: chosen - rejected
    case .longerChosen: chosen > rejected ? 1 : chosen == rejected ? 0.5 : 0
    // One is added, as a characteristic may be 0.
    case .logRatio: log((1 + max(chosen, 0)) / (1 + max(rejected, 0)))
    }
  }
}
