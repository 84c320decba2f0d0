/// Items go in on one thread, are worked on by several at the same time, and come out in their
/// order on a thread of its own.
///
/// Where the system has no thread for it, the one that sends does it all.
package final class OrderedConveyor<Input: Sendable, Output: Sendable>: Sendable {
  /// What does everything on the thread that sends.
  ///
  /// `@unchecked Sendable`: used under a lock.
  private struct Direct: @unchecked Sendable {
    let perform: (Input) throws -> Void
  }

  /// The end of this is not waited for.
  private struct Abandoned: Error {}

  private let way: Handover<Input>
  private let thread: WorkerThread?
  private let outcome = Monitor<Result<Void, any Error>?>(nil)
  /// Does an item where no thread does.
  private let direct: Monitor<Direct>?

  /// - Parameters:
  ///   - threads: how many may work on items; with one the thread that takes them does it, too.
  ///   - limit: how many items may wait.
  ///   - makeWorker: gives a function that works on items; called once for each thread.
  ///   - take: takes the results in order.
  package init(
    threads: Int, limit: Int,
    makeWorker: @escaping @Sendable () -> (Input) throws -> Output,
    take: @escaping @Sendable (Output) throws -> Void
  ) {
    let way = Handover<Input>(limit: limit)
    self.way = way
    thread = WorkerThread { [outcome] in
      let result = Result {
        try OrderedPipeline(threads: threads).run(
          lanes: [{ @Sendable in way.take() }],
          makeWorker: {
            let work = makeWorker()
            return { item in Result { try work(item) } }
          },
          consume: { (result: Result<Output, any Error>) in
            do {
              try take(result.get())
            } catch {
              // The thread that waits for the next item has to know before the pipeline can end.
              way.fail(error)
              throw error
            }
          })
      }
      if case .failure(let error) = result { way.fail(error) }
      outcome.update { $0 = result }
    }
    guard thread == nil else {
      direct = nil
      return
    }
    let work = makeWorker()
    direct = Monitor(Direct { try take(work($0)) })
  }

  deinit {
    // What was begun is ended, so that nothing is written any more once this is gone.
    way.fail(Abandoned())
    if outcome.update({ $0 == nil }) { thread?.join() } else { thread?.leave() }
  }

  /// Sends an item on its way; waits where too many are.
  ///
  /// - Throws: what went wrong with an earlier item, and ``Interruption/Requested``.
  package func send(_ item: Input) throws {
    if let direct {
      try direct.update { direct in Result { try direct.perform(item) } }.get()
    } else {
      try way.give(item)
    }
  }

  /// Waits until every item has come out.
  package func finish() throws {
    guard direct == nil else { return }
    way.end()
    while true {
      let result = outcome.wait(milliseconds: 50) { $0 }
      if let result { return try result.get() }
      try Interruption.checkpoint()
    }
  }
}
