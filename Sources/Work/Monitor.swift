internal import Foundation

/// A value that one thread at a time may touch, and that threads can wait on.
///
/// `@unchecked Sendable`: every access to `value` holds the condition's lock.
package final class Monitor<Value: Sendable>: @unchecked Sendable {
  private let condition = NSCondition()
  private var value: Value

  package init(_ value: Value) { self.value = value }

  /// Changes the value and wakes whoever waits.
  package func update<Result>(_ body: (inout Value) -> Result) -> Result {
    condition.lock()
    defer {
      condition.broadcast()
      condition.unlock()
    }
    return body(&value)
  }

  /// Waits until `body` gives a result.
  package func wait<Result>(_ body: (inout Value) -> Result?) -> Result {
    condition.lock()
    defer {
      condition.broadcast()
      condition.unlock()
    }
    while true {
      if let result = body(&value) { return result }
      condition.wait()
    }
  }
}
