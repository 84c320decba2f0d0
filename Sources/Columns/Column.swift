/// A column that grows in pieces of fixed size, so growing never copies and never holds twice
/// what it stores.
@usableFromInline
package struct Column<Element: BitwiseCopyable & Sendable>: RandomAccessCollection, Sendable {
  @inlinable static var pieceBits: Int { 16 }
  @inlinable static var pieceMask: Int { (1 << pieceBits) - 1 }

  @usableFromInline var pieces: [[Element]] = []
  @usableFromInline var storedCount = 0

  @inlinable
  package init() {}

  /// A column of `count` equal elements.
  @inlinable
  package init(repeating element: Element, count: Int) {
    append(repeatElement(element, count: count))
  }

  @inlinable package var count: Int { storedCount }
  @inlinable package var startIndex: Int { 0 }
  @inlinable package var endIndex: Int { storedCount }

  /// Appends an element.
  @inlinable
  package mutating func append(_ element: Element) {
    if storedCount & Self.pieceMask == 0 {
      pieces.append([])
      pieces[pieces.count - 1].reserveCapacity(1 << Self.pieceBits)
    }
    pieces[pieces.count - 1].append(element)
    storedCount += 1
  }

  /// Appends elements, a piece at a time.
  @inlinable
  package mutating func append(_ elements: some RandomAccessCollection<Element>) {
    var rest = elements[...]
    while !rest.isEmpty {
      if storedCount & Self.pieceMask == 0 {
        pieces.append([])
        pieces[pieces.count - 1].reserveCapacity(1 << Self.pieceBits)
      }
      let part = rest.prefix(Self.pieceMask + 1 - storedCount & Self.pieceMask)
      pieces[pieces.count - 1].append(contentsOf: part)
      storedCount += part.count
      rest = rest[part.endIndex...]
    }
  }

  @inlinable
  package subscript(index: Int) -> Element {
    _read { yield pieces[index >> Self.pieceBits][index & Self.pieceMask] }
    _modify { yield &pieces[index >> Self.pieceBits][index & Self.pieceMask] }
  }
}
