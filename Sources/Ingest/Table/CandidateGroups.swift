/// The candidates of each prompt, in the order they were read.
package struct CandidateGroups: Sendable {
  /// For each prompt the place of its first candidate in `order`, and the end.
  package private(set) var offsets: Column<UInt32>
  /// The candidates by prompt; nil where they came by prompt, so the order is 0, 1, 2, ….
  package private(set) var order: Column<UInt32>?

  /// A counting sort, so a prompt's candidates stay in order.
  init(prompts: Column<UInt32>, promptCount: Int, isGrouped: Bool) {
    offsets = Column(repeating: 0, count: promptCount + 1)
    for prompt in prompts { offsets[Int(prompt) + 1] += 1 }
    for prompt in 0..<promptCount { offsets[prompt + 1] += offsets[prompt] }
    guard !isGrouped else { return }
    var next = offsets
    var order = Column<UInt32>(repeating: 0, count: prompts.count)
    for (candidate, prompt) in prompts.enumerated() {
      order[Int(next[Int(prompt)])] = UInt32(candidate)
      next[Int(prompt)] += 1
    }
    self.order = order
  }

  /// The number of prompts.
  package var count: Int { offsets.count - 1 }

  /// The candidates of a prompt.
  package subscript(prompt: Int) -> Group {
    Group(places: Int(offsets[prompt])..<Int(offsets[prompt + 1]), order: order)
  }

  /// One prompt's candidates, by number.
  package struct Group: RandomAccessCollection {
    let places: Range<Int>
    let order: Column<UInt32>?

    package var startIndex: Int { 0 }
    package var endIndex: Int { places.count }

    package subscript(index: Int) -> Int {
      let place = places.lowerBound + index
      return order.map { Int($0[place]) } ?? place
    }
  }
}
