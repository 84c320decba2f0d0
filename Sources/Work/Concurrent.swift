internal import Dispatch

/// Work on independent elements at the same time.
package enum Concurrent {
  /// The results in the order of the elements.
  package static func map<Element: Sendable, Result: Sendable>(
    _ elements: [Element], threads: Int, _ transform: @Sendable (Element) -> Result
  ) -> [Result] {
    var results = [Result?](repeating: nil, count: elements.count)
    results.withUnsafeMutableBufferPointer { results in
      // Every element has a place of its own, and all are done before this returns.
      nonisolated(unsafe) let results = results
      let workers = max(1, min(threads, elements.count))
      DispatchQueue.concurrentPerform(iterations: workers) { worker in
        for number in stride(from: worker, to: elements.count, by: workers) {
          results[number] = transform(elements[number])
        }
      }
    }
    return results.compactMap(\.self)
  }
}
