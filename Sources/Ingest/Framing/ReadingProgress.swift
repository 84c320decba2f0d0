internal import Synchronization

/// Counts the bytes that several threads read together.
package final class ReadingProgress: Sendable {
  private let byteCount = Atomic(0)
  private let report: @Sendable (Int) -> Void

  /// - Parameter report: receives how many bytes of the files have been read, on any thread.
  package init(_ report: @escaping @Sendable (Int) -> Void) { self.report = report }

  package func advance(by count: Int) {
    report(byteCount.add(count, ordering: .relaxed).newValue)
  }
}
