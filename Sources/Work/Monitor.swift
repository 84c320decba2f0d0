/// A value that one thread at a time may touch, and that threads can wait on.
///
/// `@unchecked Sendable`: every access to `value` holds the condition's lock.
package final class Monitor<Value: Sendable>: @unchecked Sendable {
  private let condition = Condition()
  private var value: Value

  package init(_ value: Value) { self.value = value }

  /// Changes the value and wakes whoever waits.
  package func update<Result>(_ body: (inout Value) -> Result) -> Result {
    locked { body(&value) }
  }

  /// Waits until `body` gives a result.
  package func wait<Result>(_ body: (inout Value) -> Result?) -> Result {
    locked {
      while true {
        if let result = body(&value) { return result }
        condition.wait()
      }
    }
  }

  /// Waits until `body` gives a result, but not for longer than some milliseconds.
  ///
  /// - Returns: nil where there was none in time.
  package func wait<Result>(
    milliseconds: Int, _ body: (inout Value) -> Result?
  ) -> Result? {
    let end = Condition.Moment(millisecondsFromNow: milliseconds)
    return locked {
      while true {
        if let result = body(&value) { return result }
        guard condition.wait(until: end) else { return body(&value) }
      }
    }
  }

  /// Holds the lock meanwhile, and wakes whoever waits.
  private func locked<Result>(_ body: () -> Result) -> Result {
    condition.lock()
    defer {
      condition.broadcast()
      condition.unlock()
    }
    return body()
  }
}
