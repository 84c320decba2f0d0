/// A column that grows in pieces of fixed size, so growing never copies and never holds twice
/// what it stores.
package struct Column<Element: BitwiseCopyable & Sendable>: RandomAccessCollection, Sendable {
  @usableFromInline static var pieceBits: Int { 16 }
  @usableFromInline static var pieceMask: Int { (1 << pieceBits) - 1 }

  @usableFromInline var pieces: [[Element]] = []
  package private(set) var count = 0

  package init() {}

  /// A column of `count` equal elements.
  package init(repeating element: Element, count: Int) {
    for _ in 0..<count { append(element) }
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { count }

  /// Appends an element.
  package mutating func append(_ element: Element) {
    if count & Self.pieceMask == 0 {
      pieces.append([])
      pieces[pieces.count - 1].reserveCapacity(1 << Self.pieceBits)
    }
    pieces[pieces.count - 1].append(element)
    count += 1
  }

  @inlinable
  package subscript(index: Int) -> Element {
    get { pieces[index >> Self.pieceBits][index & Self.pieceMask] }
    set { pieces[index >> Self.pieceBits][index & Self.pieceMask] = newValue }
  }
}
