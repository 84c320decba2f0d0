internal import Calibrate
internal import Emit
internal import JSON

extension JSONValue {
  /// How `frac` was chosen; null where it was given.
  init(_ choice: SmoothingChoice?) {
    guard let choice else {
      self = .null
      return
    }
    self = [
      "frac": .number(choice.frac),
      "trials": .list(
        choice.trials.map {
          [
            "frac": .number($0.frac), "effective_parameters": .number($0.effectiveParameters),
            "gcv": $0.score.isFinite ? .number($0.score) : .null,
          ]
        }),
    ]
  }
}
