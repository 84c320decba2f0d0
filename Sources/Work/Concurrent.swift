/// Work on independent elements at the same time.
package enum Concurrent {
  /// Calls a function with each of the numbers `0..<threads`, each on a thread of its own, of which
  /// the caller's is one, as far as the system has them.
  ///
  /// - Parameter body: Called on several threads at the same time; must only write where no other
  ///   call does.
  package static func perform(threads: Int, _ body: (Int) -> Void) {
    withoutActuallyEscaping(body) { body in
      // The caller keeps the promise above, and all threads end before this returns.
      nonisolated(unsafe) let body = body
      let others = (1..<max(threads, 1)).map { number in
        (number: number, thread: WorkerThread { body(number) })
      }
      body(0)
      // What the system had no thread for is done here.
      for other in others where other.thread == nil { body(other.number) }
      for other in others { other.thread?.join() }
    }
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
