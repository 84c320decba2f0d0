internal import JSON
package import Records
internal import Terminal

extension TextTable {
  /// Adds a line for each thing that left prompts with too few candidates.
  package mutating func add(_ shortages: [Shortage: Int]) {
    for shortage in Shortage.all {
      guard let count = shortages[shortage] else { continue }
      let name =
        switch shortage {
        case .fromTheStart: "too few from the start"
        case .dropped(let reason): "after \(reason.rawValue)"
        }
      add("    \(name)", Quantity.count(count))
    }
  }
}

extension JSONValue {
  /// How many prompts were left with too few candidates, by what left them with these.
  package init(_ shortages: [Shortage: Int]) {
    self = .object(
      Shortage.all.compactMap { shortage in
        shortages[shortage].map { .init(name: shortage.name, value: .integer($0)) }
      })
  }
}
