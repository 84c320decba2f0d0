/// Which candidates answer the same prompt: candidate numbers ordered by prompt, and where each
/// prompt begins.
///
/// Generic so that a caller's own columns serve; where candidates come grouped, `order` is just a
/// range.
@usableFromInline
package struct PromptGroups<Offsets, Order>
where
  Offsets: RandomAccessCollection, Offsets.Element: FixedWidthInteger, Offsets.Index == Int,
  Order: RandomAccessCollection, Order.Element: FixedWidthInteger, Order.Index == Int
{
  /// The place of each prompt's first candidate in `order`, and at the end their number.
  @usableFromInline package let offsets: Offsets
  /// Candidate numbers, those of a prompt together.
  @usableFromInline package let order: Order

  /// Uses the caller's columns as they are.
  @usableFromInline
  package init(offsets: Offsets, order: Order) {
    self.offsets = offsets
    self.order = order
  }

  /// How many prompts there are.
  @inlinable package var count: Int { Swift.max(offsets.count - 1, 0) }

  /// The places in `order` of a prompt's candidates.
  @inlinable
  package func places(of prompt: Int) -> Range<Int> {
    Int(offsets[prompt])..<Int(offsets[prompt + 1])
  }
}

extension PromptGroups: Sendable where Offsets: Sendable, Order: Sendable {}

extension PromptGroups where Offsets == [Int], Order == [UInt32] {
  /// Groups scattered candidates, keeping their order within a prompt.
  ///
  /// - Parameters:
  ///   - prompts: For each candidate the index of its prompt.
  ///   - promptCount: How many prompts there are.
  /// - Complexity: O(n) time; four bytes a candidate and eight a prompt.
  @inlinable
  package init<Prompts>(
    prompts: Prompts, promptCount: Int
  ) where Prompts: RandomAccessCollection<UInt32>, Prompts.Index == Int {
    var next = [Int](repeating: 0, count: promptCount + 1)
    for index in 0..<prompts.count { next[Int(prompts[index]) + 1] += 1 }
    for prompt in 0..<promptCount { next[prompt + 1] += next[prompt] }
    let offsets = next
    var order = [UInt32](repeating: 0, count: prompts.count)
    for index in 0..<prompts.count {
      let prompt = Int(prompts[index])
      order[next[prompt]] = UInt32(index)
      next[prompt] += 1
    }
    self.init(offsets: offsets, order: order)
  }
}
