/// The prompts of a benchmark, which are drawn with all of their examples.
struct BenchmarkPrompts: Sendable {
  private struct Key: Hashable {
    var subset: String
    var prompt: UInt64
  }

  private let places: [Key: Int]
  /// The places of each subset's prompts.
  private let strata: [[Int]]

  /// - Parameter models: Whose examples of one prompt are drawn together.
  init(_ models: [ScoredModel]) {
    var places: [Key: Int] = [:]
    var numbers: [String: Int] = [:]
    var strata: [[Int]] = []
    for example in models.lazy.flatMap(\.examples) {
      let key = Key(subset: example.subset, prompt: example.prompt)
      guard places[key] == nil else { continue }
      let number = numbers[example.subset] ?? strata.count
      if number == strata.count {
        numbers[example.subset] = number
        strata.append([])
      }
      strata[number].append(places.count)
      places[key] = places.count
    }
    self.places = places
    self.strata = strata
  }

  /// The examples of the prompts that a resample has, in their order, as often as it has them.
  func resample(
    _ examples: [ScoredExample], _ resampling: Resampling, _ replicate: Int
  ) -> [ScoredExample] {
    let times = resampling.multiplicities(replicate, strata: strata, count: places.count)
    return examples.flatMap { example in
      let place = places[Key(subset: example.subset, prompt: example.prompt)] ?? 0
      return repeatElement(example, count: times[place])
    }
  }
}
