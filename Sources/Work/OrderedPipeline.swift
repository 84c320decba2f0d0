/// Some producers, some workers, one consumer: items are worked on at the same time and consumed in
/// the order of their lanes and in a lane in the order they were produced, so threads cannot change
/// a result.
///
/// An error of a producer or of a worker reaches the consumer in its turn: what is reported is
/// always the first error of the input.
package struct OrderedPipeline {
  /// How many threads may produce and work; the consumer's comes on top, as it has little to do.
  package let threads: Int
  /// How many items of the lane being consumed may be on their way.
  let capacity: Int
  /// How many items of all later lanes together may be.
  let ahead: Int
  /// How many lanes may be under way at once.
  let openLanes: Int

  /// - Parameters:
  ///   - capacity: how many items of the lane being consumed may be on their way; nil for two
  ///     for each thread and two more.
  ///   - ahead: how many items of all later lanes together may be; nil for eight for each thread.
  ///   - openLanes: how many lanes may be under way at once; nil for one for each thread.
  package init(threads: Int, capacity: Int? = nil, ahead: Int? = nil, openLanes: Int? = nil) {
    self.threads = threads
    self.capacity = capacity ?? 2 * threads + 2
    self.ahead = ahead ?? 8 * threads
    self.openLanes = openLanes ?? threads
  }

  /// Runs until every lane has returned nil.
  ///
  /// - Parameters:
  ///   - lanes: each gives its next item; called by one thread at a time.
  ///   - makeWorker: gives a function that works on items; called once for each thread, so what it
  ///     captures belongs to that thread.
  ///   - consume: takes the results in order, on the caller's thread.
  package func run<Input: Sendable, Output: Sendable>(
    lanes: [@Sendable () throws -> Input?],
    makeWorker: @escaping @Sendable () -> (Input) throws -> Output,
    consume: (Output) throws -> Void
  ) throws {
    guard threads > 1 else { return try runAlone(lanes, makeWorker(), consume) }
    let queue = Monitor(
      LaneQueue<Input, Output>(
        lanes: lanes.count, openLanes: openLanes, capacity: capacity, capacityAhead: ahead))
    let running = (0..<threads).compactMap { _ in
      WorkerThread { Self.serve(queue, lanes: lanes, work: makeWorker()) }
    }
    // A system without threads has this one.
    guard !running.isEmpty else { return try runAlone(lanes, makeWorker(), consume) }
    var isInterrupted = false
    defer {
      queue.update { $0.cancel() }
      // One that is deep in its work would hold up the end of the program, with which it ends.
      for thread in running { if isInterrupted { thread.leave() } else { thread.join() } }
    }
    while true {
      do throws(Interruption.Requested) {
        try Interruption.checkpoint()
      } catch {
        isInterrupted = true
        throw error
      }
      guard let taken = queue.wait(milliseconds: 50, { $0.take() }) else { continue }
      guard case .result(let result) = taken else { return }
      do {
        try consume(result.get())
      } catch let error as Interruption.Requested {
        isInterrupted = true
        throw error
      }
    }
  }

  private func runAlone<Input, Output>(
    _ lanes: [@Sendable () throws -> Input?], _ work: (Input) throws -> Output,
    _ consume: (Output) throws -> Void
  ) throws {
    for produce in lanes {
      while let item = try produce() {
        try Interruption.checkpoint()
        try consume(work(item))
      }
    }
  }

  /// What a thread does until nothing is left to do.
  private static func serve<Input: Sendable, Output: Sendable>(
    _ queue: Monitor<LaneQueue<Input, Output>>, lanes: [@Sendable () throws -> Input?],
    work: (Input) throws -> Output
  ) {
    var told: LaneQueue<Input, Output>.Step?
    while true {
      switch told ?? awaitStep(queue) {
      case .produce(let lane):
        do {
          if let item = try lanes[lane]() {
            told = queue.update { $0.offer(item, lane: lane) }
          } else {
            queue.update { $0.finish(lane: lane, throwing: nil) }
            told = nil
          }
        } catch {
          queue.update { $0.finish(lane: lane, throwing: error) }
          told = nil
        }
      case .work(let ticket, let item):
        let result = Result { try work(item) }
        queue.update { $0.complete(ticket, result) }
        told = nil
      case .end:
        return
      }
    }
  }

  private static func awaitStep<Input: Sendable, Output: Sendable>(
    _ queue: Monitor<LaneQueue<Input, Output>>
  ) -> LaneQueue<Input, Output>.Step {
    var isIdle = false
    return queue.wait { state in
      let step = state.next()
      if (step == nil) != isIdle {
        isIdle.toggle()
        state.idleThreads += isIdle ? 1 : -1
      }
      return step
    }
  }
}
