/// Work on independent elements at the same time.
package enum Concurrent {
  /// Calls a function with each of the numbers `0..<threads`, each on a thread of its own as far as
  /// the system has them, while the caller waits; a single one on the caller's.
  ///
  /// - Parameter body: Called on several threads at the same time; must only write where no other
  ///   call does.
  package static func perform(threads: Int, _ body: (Int) -> Void) {
    guard threads > 1 else { return body(0) }
    withoutActuallyEscaping(body) { body in
      // The caller keeps the promise above, and all threads end before this returns.
      nonisolated(unsafe) let body = body
      let workers = (0..<threads).map { number in
        (number: number, thread: WorkerThread { body(number) })
      }
      // What the system had no thread for is done here.
      for worker in workers where worker.thread == nil { body(worker.number) }
      for worker in workers { worker.thread?.join() }
    }
  }

  /// Does two things at the same time, the first on the caller's thread.
  ///
  /// - Parameters:
  ///   - threads: With one, the second is done after the first.
  ///   - second: Called on another thread where the system has one; must not touch what the first
  ///     changes.
  package static func both<First, Second>(
    threads: Int, _ first: () throws -> First, _ second: () -> Second
  ) rethrows -> (First, Second) {
    guard threads > 1 else { return (try first(), second()) }
    var result: Second?
    let own = try withUnsafeMutablePointer(to: &result) { result in
      try withoutActuallyEscaping(second) { second in
        // The thread ends before this returns, and the result is not looked at before.
        nonisolated(unsafe) let (second, place) = (second, result)
        let thread = WorkerThread { place.pointee = second() }
        defer { thread?.join() }
        if thread == nil { place.pointee = second() }
        return try first()
      }
    }
    guard let result else { preconditionFailure("the second function has returned") }
    return (own, result)
  }

  /// Does something on a thread of its own while the caller waits, so that the work of the caller's
  /// does not pile up.
  package static func aside<Value, Failure>(
    _ body: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    try both(threads: 2, {}, { Result(catching: body) }).1.get()
  }

  /// The results in the order of the elements.
  package static func map<Element: Sendable, Result: Sendable>(
    _ elements: [Element], threads: Int, _ transform: @Sendable (Element) -> Result
  ) -> [Result] {
    var results = [Result?](repeating: nil, count: elements.count)
    results.withUnsafeMutableBufferPointer { results in
      let workers = max(1, min(threads, elements.count))
      // Every element has a place of its own.
      perform(threads: workers) { worker in
        for number in stride(from: worker, to: elements.count, by: workers) {
          results[number] = transform(elements[number])
        }
      }
    }
    return results.compactMap(\.self)
  }
}
