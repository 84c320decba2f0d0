/// The state of an ordered pipeline: what waits for a worker, what is done, what was consumed.
///
/// Items come from lanes, such as files. Each lane is produced by one thread at a time, several
/// lanes at the same time, and results are consumed lane by lane. Pure logic; `OrderedPipeline` adds
/// the threads.
package struct LaneQueue<Input: Sendable, Output: Sendable>: Sendable {
  /// The place of an item among all.
  package struct Ticket: Equatable, Sendable {
    var lane: Int
    var index: Int
  }

  /// What a thread should do next.
  package enum Step: Sendable {
    case produce(lane: Int)
    case work(Ticket, Input)
    case end
  }

  /// What there is for the consumer.
  package enum Taken: Sendable {
    case result(Result<Output, any Error>)
    case end
  }

  private struct Lane {
    /// Whether a thread produces its next item.
    var isHeld = false
    var isEnded = false
    var produced = 0
    var consumed = 0
    var done: [Int: Result<Output, any Error>] = [:]

    /// How many items are on their way.
    var waiting: Int { produced - consumed }
    var isEmpty: Bool { isEnded && waiting == 0 }
  }

  private let capacity: Int
  private let capacityAhead: Int
  private let openLanes: Int
  private var lanes: [Lane]
  private var ready: [(ticket: Ticket, item: Input)] = []
  /// The lane being consumed.
  private var current = 0
  private var endedCount = 0
  private var isCancelled = false
  /// How many threads have nothing to do.
  package var idleThreads = 0

  /// - Parameters:
  ///   - openLanes: How many lanes may be under way at once.
  ///   - capacity: How many items of the lane being consumed may be on their way.
  ///   - capacityAhead: How many of all later lanes together may be.
  package init(lanes: Int, openLanes: Int, capacity: Int, capacityAhead: Int) {
    self.lanes = Array(repeating: Lane(), count: lanes)
    self.openLanes = openLanes
    self.capacity = capacity
    self.capacityAhead = capacityAhead
  }

  /// The next thing to do; nil while there is none yet.
  ///
  /// What is there is worked on first, so that items do not pile up.
  package mutating func next() -> Step? {
    if isCancelled { return .end }
    if !ready.isEmpty {
      let (ticket, item) = ready.removeFirst()
      return .work(ticket, item)
    }
    for lane in current..<min(current + openLanes, lanes.count)
    where !lanes[lane].isHeld && !lanes[lane].isEnded && hasRoom(lane) {
      lanes[lane].isHeld = true
      return .produce(lane: lane)
    }
    return endedCount == lanes.count ? .end : nil
  }

  /// Takes an item from the thread that holds the lane, and tells it how to go on.
  ///
  /// A thread with nothing to do gets the item, and the producer stays with its lane. If there is
  /// none the producer works on the item itself, and leaves the lane to others meanwhile.
  package mutating func offer(_ item: Input, lane: Int) -> Step? {
    let ticket = Ticket(lane: lane, index: lanes[lane].produced)
    lanes[lane].produced += 1
    if isCancelled { return .end }
    guard ready.count < idleThreads else {
      lanes[lane].isHeld = false
      return .work(ticket, item)
    }
    ready.append((ticket, item))
    if hasRoom(lane) { return .produce(lane: lane) }
    lanes[lane].isHeld = false
    return nil
  }

  /// Notes that a lane has ended, by an error or without.
  package mutating func finish(lane: Int, throwing error: (any Error)?) {
    if let error {
      lanes[lane].done[lanes[lane].produced] = .failure(error)
      lanes[lane].produced += 1
    }
    lanes[lane].isHeld = false
    lanes[lane].isEnded = true
    endedCount += 1
    passEmptyLanes()
  }

  /// Takes a worker's result.
  package mutating func complete(_ ticket: Ticket, _ result: Result<Output, any Error>) {
    lanes[ticket.lane].done[ticket.index] = result
  }

  /// The next result in order for the consumer; nil while it is not there yet.
  package mutating func take() -> Taken? {
    guard current < lanes.count else { return .end }
    guard let result = lanes[current].done.removeValue(forKey: lanes[current].consumed) else {
      return nil
    }
    lanes[current].consumed += 1
    passEmptyLanes()
    return .result(result)
  }

  /// Lets every thread end.
  package mutating func cancel() { isCancelled = true }

  /// Goes on to the next lane that has anything to consume.
  ///
  /// This lets threads produce lanes that were too far ahead, so it is done where they are woken,
  /// and not by a consumer that finds nothing and goes to sleep.
  private mutating func passEmptyLanes() {
    while current < lanes.count, lanes[current].isEmpty {
      lanes[current].done = [:]
      current += 1
    }
  }

  /// How many items of later lanes are on their way.
  private var waitingAhead: Int {
    lanes[current...].prefix(openLanes).dropFirst().reduce(0) { $0 + $1.waiting }
  }

  private func hasRoom(_ lane: Int) -> Bool {
    lane == current ? lanes[lane].waiting < capacity : waitingAhead < capacityAhead
  }
}
