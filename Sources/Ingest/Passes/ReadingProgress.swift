internal import Synchronization

/// Counts the bytes that several threads read together.
final class ReadingProgress: Sendable {
  private let byteCount = Atomic(0)
  private let report: @Sendable (Int) -> Void

  /// - Parameter report: is told how many bytes of the files have been read, on any thread.
  init(_ report: @escaping @Sendable (Int) -> Void) { self.report = report }

  func advance(by count: Int) {
    report(byteCount.add(count, ordering: .relaxed).newValue)
  }
}
