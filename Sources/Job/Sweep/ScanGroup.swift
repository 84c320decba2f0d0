internal import Records
package import Settings

/// Variants of a sweep that one scan of the input serves.
package struct ScanGroup {
  /// What the scan is given: all that any of them needs.
  package private(set) var configuration: Configuration
  /// Their places among all variants.
  package private(set) var members: [Int]

  /// Brings variants together that read the same, in the order of the first of each.
  package static func groups(of configurations: [Configuration]) -> [ScanGroup] {
    var groups: [(reading: Configuration, group: ScanGroup)] = []
    for (index, configuration) in configurations.enumerated() {
      let reading = configuration.reading
      if let place = groups.firstIndex(where: { $0.reading == reading }) {
        groups[place].group.add(configuration, index)
      } else {
        groups.append((reading, ScanGroup(configuration: configuration, members: [index])))
      }
    }
    return groups.map(\.group)
  }

  private mutating func add(_ member: Configuration, _ index: Int) {
    members.append(index)
    if member.calibration.usesModels { configuration.calibration = member.calibration }
    // Whichever they are, that there are some has them read.
    if member.pairs.usesModels { configuration.pairs.chosen.models = ["any"] }
    if member.pairs.strategy == .maxRandom { configuration.pairs.strategy = .maxRandom }
  }
}

extension Configuration {
  /// The settings that decide what a scan reads, measures and drops; the others at their defaults.
  ///
  /// Whether models are read and whether numbers are drawn is left out: who has no use for them is
  /// given a scan without them (``InputScan.Result/serving(_:)``), or does not look.
  fileprivate var reading: Configuration {
    var reading = Configuration()
    reading.input = input
    reading.calibration.characteristics = calibration.characteristics.map { .init($0.measure) }
    reading.pairs.fieldMargins = pairs.fieldMargins.map { .init($0.field, min: 0) }
    // A logit is taken of probabilities alone, and others are refused.
    reading.calibration.transform = calibration.transform == .logit ? .logit : .none
    reading.calibration.labels = calibration.labels
    reading.filters = filters
    reading.filters.minCandidates = Filters().minCandidates
    reading.pairs.seed = pairs.seed
    reading.split = split
    reading.output.keep = output.keep
    // What a profile cannot carry is a malformed row.
    reading.output.profiles = output.profiles
    reading.run = run
    return reading
  }
}
