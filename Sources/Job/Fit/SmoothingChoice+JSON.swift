package import Calibrate
internal import Emit
package import JSON

extension JSONValue {
  /// How `frac` was chosen; null where it was given.
  package init(_ choice: SmoothingChoice?) {
    guard let choice else {
      self = .null
      return
    }
    self = [
      "frac": .number(choice.frac),
      "as_good": .list([.number(choice.asGood.lowerBound), .number(choice.asGood.upperBound)]),
      "at_edge": .bool(choice.isAtEdge),
      "trials": .list(
        choice.trials.map {
          [
            "frac": .number($0.frac), "error": .number($0.error), "as_good": .bool($0.isAsGood),
          ]
        }),
    ]
  }
}
