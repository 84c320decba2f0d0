/// The candidates of each prompt, in the order they were read.
@usableFromInline
package struct CandidateGroups: Sendable {
  /// For each prompt the place of its first candidate in `order`, and the end.
  package private(set) var offsets: Column<UInt32>
  /// The candidates by prompt.
  package private(set) var order: Order

  /// A counting sort, so a prompt's candidates stay in order.
  package init(prompts: Column<UInt32>, promptCount: Int, isGrouped: Bool) {
    offsets = Column(repeating: 0, count: promptCount + 1)
    for prompt in prompts { offsets[Int(prompt) + 1] += 1 }
    for prompt in 0..<promptCount { offsets[prompt + 1] += offsets[prompt] }
    guard !isGrouped else {
      order = Order(column: nil, count: prompts.count)
      return
    }
    var next = offsets
    var column = Column<UInt32>(repeating: 0, count: prompts.count)
    for (candidate, prompt) in prompts.enumerated() {
      column[Int(next[Int(prompt)])] = UInt32(candidate)
      next[Int(prompt)] += 1
    }
    order = Order(column: column, count: prompts.count)
  }

  /// The number of prompts.
  package var count: Int { offsets.count - 1 }

  /// The candidates of a prompt.
  package subscript(prompt: Int) -> Slice<Order> {
    order[Int(offsets[prompt])..<Int(offsets[prompt + 1])]
  }

  /// Candidate numbers, those of a prompt together.
  @usableFromInline
  package struct Order: RandomAccessCollection, Sendable {
    /// Nil where the candidates came by prompt, so the order is 0, 1, 2, ….
    @usableFromInline let column: Column<UInt32>?
    @usableFromInline package let count: Int

    /// Whether it is 0, 1, 2, ….
    package var isPlain: Bool { column == nil }

    @inlinable package var startIndex: Int { 0 }
    @inlinable package var endIndex: Int { count }

    @inlinable
    package subscript(place: Int) -> UInt32 {
      if let column { column[place] } else { UInt32(place) }
    }
  }
}
