internal import Foundation

/// One producer, some workers, one consumer: items are worked on at the same time and consumed in
/// the order they were produced, so threads cannot change a result.
///
/// An error of the producer or of a worker reaches the consumer in its turn: what is reported is
/// always the first error of the input.
struct OrderedPipeline {
  /// How many threads may work, the caller's included.
  let threads: Int

  /// Runs until the producer returns nil.
  ///
  /// - Parameters:
  ///   - produce: gives the next item; called on one thread.
  ///   - makeWorker: gives a function that works on items; called once for each thread, so what it
  ///     captures belongs to that thread.
  ///   - consume: takes the results in order, on the caller's thread.
  func run<Input: Sendable, Output: Sendable>(
    produce: @escaping @Sendable () throws -> Input?,
    makeWorker: @escaping @Sendable () -> (Input) throws -> Output,
    consume: (Output) throws -> Void
  ) throws {
    guard threads > 1 else {
      let work = makeWorker()
      while let item = try produce() { try consume(work(item)) }
      return
    }
    let workers = threads - 1
    let queue = Monitor(OrderedQueue<Input, Output>(capacity: 2 * workers + 2))
    let running = DispatchGroup()

    start(in: running) {
      do {
        while let item = try produce() {
          guard queue.wait({ $0.offer(item) }) else { return }
        }
        queue.update { $0.finish(throwing: nil) }
      } catch {
        queue.update { $0.finish(throwing: error) }
      }
    }
    for _ in 0..<workers {
      start(in: running) {
        let work = makeWorker()
        while case .item(let index, let item) = queue.wait({ $0.next() }) {
          let result = Result { try work(item) }
          queue.update { $0.complete(index, result) }
        }
      }
    }
    defer {
      queue.update { $0.cancel() }
      running.wait()
    }
    while case .item(_, let result) = queue.wait({ $0.take() }) {
      try consume(result.get())
    }
  }

  private func start(in group: DispatchGroup, _ body: @escaping @Sendable () -> Void) {
    group.enter()
    let thread = Thread {
      body()
      group.leave()
    }
    // Room for the scanner's recursion through nested JSON.
    thread.stackSize = 8 << 20
    thread.start()
  }
}
