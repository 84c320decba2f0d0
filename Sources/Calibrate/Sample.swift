package import Columns

/// A characteristic of every candidate, and the rewards that it may bias.
package struct Sample {
  /// The distinct values of the characteristic, in any order.
  package let levels: [Double]
  /// For each candidate the index of its level.
  package let codes: any CodeSource
  /// For each candidate its reward, which is finite; NaN for one outside the population.
  package let values: any NumberSource

  package init(levels: [Double], codes: any CodeSource, values: any NumberSource) {
    self.levels = levels
    self.codes = codes
    self.values = values
  }

  /// The number of candidates, those outside the population among them.
  package var count: Int { codes.count }

  /// The same candidates with other rewards.
  func replacing(values: any NumberSource) -> Sample {
    Sample(levels: levels, codes: codes, values: values)
  }
}

/// The model that wrote each candidate.
package struct ModelColumn {
  /// For each candidate the index of its model; `count` or more where it names none.
  package let codes: any CodeSource
  /// How many models there are.
  package let count: Int

  /// With more models than this, sums for all refits would take too much memory, and each model has
  /// few candidates.
  package static let countLimit = 256

  package init(codes: any CodeSource, count: Int) {
    self.codes = codes
    self.count = count
  }
}

/// The prompt of every candidate.
package struct PromptColumn {
  /// For each candidate the index of its prompt.
  package let codes: any CodeSource
  /// How many prompts there are.
  package let count: Int
  /// For each prompt its group of the jackknife; nil where neither intervals nor a choice of `frac` need it.
  package let groups: [UInt8]?
  /// The model of every candidate; nil where models have no effects.
  package let models: ModelColumn?
  /// Whether it is asked how far off a curve may be.
  private let wantsReplicates: Bool

  /// The groups that curves are fitted again without.
  var replicateGroups: [UInt8]? { wantsReplicates ? groups : nil }

  package init(
    codes: any CodeSource, count: Int, groups: [UInt8]? = nil, models: ModelColumn? = nil,
    wantsReplicates: Bool = true
  ) {
    self.codes = codes
    self.count = count
    self.groups = groups
    self.models = models
    self.wantsReplicates = wantsReplicates
  }
}
