/// What differs between two configurations.
package struct ConfigurationComparison: Sendable {
  package typealias Value = ComparedConfiguration.Value

  /// A setting with different values.
  package struct Difference: Sendable {
    package let key: String
    package let old: Value
    package let new: Value
  }

  package let old: ComparedConfiguration
  package let new: ComparedConfiguration
  /// In the order of the table of settings.
  package let differences: [Difference]
  /// Settings that only one of them records, and that are not compared.
  package let uncompared: [String]

  package init(_ old: ComparedConfiguration, _ new: ComparedConfiguration) {
    (self.old, self.new) = (old, new)
    let settings = Setting.all.map(\.key)
    let axes = (Array(old.values.keys) + new.values.keys)
      .filter { $0.hasPrefix(Sweep.section + ".") }.uniqued().sorted()
    let absent = Value(value: nil, origin: "not set")
    var differences: [Difference] = []
    var uncompared: [String] = []
    for key in settings + axes {
      // A file has every setting, and an axis where it has one.
      let isAxis = key.hasPrefix(Sweep.section + ".")
      let (first, second) = (
        old.values[key] ?? (isAxis ? absent : nil), new.values[key] ?? (isAxis ? absent : nil)
      )
      guard let first, let second else {
        if first != nil || second != nil { uncompared.append(key) }
        continue
      }
      if first.value != second.value {
        differences.append(Difference(key: key, old: first, new: second))
      }
    }
    self.differences = differences
    self.uncompared = uncompared
  }
}
