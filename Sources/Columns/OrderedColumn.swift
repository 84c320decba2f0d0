/// A column read prompt by prompt.
///
/// Sums over it run in the same order whether a prompt's candidates were adjacent or scattered, so
/// their last bits are the same too.
@usableFromInline
package struct OrderedColumn<Base>: RandomAccessCollection
where Base: RandomAccessCollection, Base.Index == Int {
  @usableFromInline let base: Base
  @usableFromInline let order: CandidateGroups.Order

  /// Reads `base`, which is in the order of the input, in the order of the prompts.
  package init(_ base: Base, in groups: CandidateGroups) {
    self.base = base
    order = groups.order
  }

  @inlinable package var startIndex: Int { 0 }
  @inlinable package var endIndex: Int { order.count }

  @inlinable
  package subscript(place: Int) -> Base.Element { base[Int(order[place])] }
}
