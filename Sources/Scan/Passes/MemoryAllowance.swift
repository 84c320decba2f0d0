internal import Synchronization

/// Bytes that several threads may use up together.
final class MemoryAllowance: Sendable {
  private let left: Atomic<Int>

  init(byteCount: Int) { left = Atomic(byteCount) }

  /// Takes some of the bytes; once there were too few it is always false.
  func take(_ count: Int) -> Bool {
    left.subtract(count, ordering: .relaxed).newValue >= 0
  }
}
