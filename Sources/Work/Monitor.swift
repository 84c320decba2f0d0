/// A value that one thread at a time may touch, and that threads can wait on.
///
/// A thread that changes the value looks who can go on, takes what they wait for in their name, and
/// wakes those alone: a thread that is woken has nothing to find out.
///
/// `@unchecked Sendable`: every access to what it holds is made under the lock.
package final class Monitor<Value: Sendable>: @unchecked Sendable {
  private let lock = Lock()
  private var value: Value
  /// Who waits, the longest first.
  private var waiters: [Waiter] = []

  /// A thread that waits.
  private final class Waiter {
    let condition = Condition()
    /// Takes what the thread waits for; false where it is not there yet.
    ///
    /// nil once it has been taken.
    var take: ((inout Value) -> Bool)?

    init(_ take: @escaping (inout Value) -> Bool) { self.take = take }
  }

  package init(_ value: Value) { self.value = value }

  /// Changes the value and wakes the threads that can go on.
  package func update<Result>(_ body: (inout Value) -> Result) -> Result {
    lock.lock()
    let result = body(&value)
    unlockAndWake()
    return result
  }

  /// Waits until `body` gives a result.
  ///
  /// - Parameter body: is called by whatever thread changes the value, never by two at a time.
  package func wait<Result>(_ body: (inout Value) -> Result?) -> Result {
    while true {
      if let result = wait(until: nil, body) { return result }
    }
  }

  /// Waits until `body` gives a result, but not for longer than some milliseconds.
  ///
  /// - Returns: nil where there was none in time.
  package func wait<Result>(
    milliseconds: Int, _ body: (inout Value) -> Result?
  ) -> Result? {
    wait(until: Condition.Moment(millisecondsFromNow: milliseconds), body)
  }

  private func wait<Result>(
    until moment: Condition.Moment?, _ body: (inout Value) -> Result?
  ) -> Result? {
    lock.lock()
    var result = body(&value)
    guard result == nil else {
      unlockAndWake()
      return result
    }
    withoutActuallyEscaping(body) { body in
      let waiter = Waiter { value in
        result = body(&value)
        return result != nil
      }
      waiters.append(waiter)
      while waiter.take != nil {
        if let moment {
          guard waiter.condition.wait(lock, until: moment) else { break }
        } else {
          waiter.condition.wait(lock)
        }
      }
      if waiter.take != nil { waiters.removeAll { $0 === waiter } }
      waiter.take = nil
    }
    lock.unlock()
    return result
  }

  /// Lets go of the lock and wakes the threads that can go on.
  private func unlockAndWake() {
    var woken: [Waiter] = []
    var place = 0
    while place < waiters.count {
      let waiter = waiters[place]
      if let take = waiter.take, take(&value) {
        waiter.take = nil
        waiters.remove(at: place)
        woken.append(waiter)
        // What it took may be what one before it waits for.
        place = 0
      } else {
        place += 1
      }
    }
    lock.unlock()
    for waiter in woken { waiter.condition.signal() }
  }
}
