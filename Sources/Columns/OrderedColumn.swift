/// A column read prompt by prompt.
///
/// Sums over it run in the same order whether a prompt's candidates were adjacent or scattered, so
/// their last bits are the same too.
package struct OrderedColumn<Element: BitwiseCopyable & Sendable>: Sendable {
  let base: Column<Element>
  let order: CandidateGroups.Order

  /// Reads `base`, which is in the order of the input, in the order of the prompts.
  package init(_ base: Column<Element>, in groups: CandidateGroups) {
    self.base = base
    order = groups.order
  }
}
