import Testing

@testable import Work

@Suite struct LaneQueueTests {
  typealias Queue = LaneQueue<String, Int>

  private struct Failure: Error {}

  private static func queue(lanes: Int = 1, openLanes: Int = 2, capacity: Int = 3) -> Queue {
    Queue(lanes: lanes, openLanes: openLanes, capacity: capacity, capacityAhead: 2)
  }

  /// The step in a form that can be compared.
  private static func text(_ step: Queue.Step?) -> String {
    switch step {
    case nil: "wait"
    case .produce(let lane): "produce \(lane)"
    case .work(let ticket, let item): "work \(ticket.lane).\(ticket.index) \(item)"
    case .end: "end"
    }
  }

  /// What the consumer gets in a form that can be compared.
  private static func text(_ taken: Queue.Taken?) -> String {
    switch taken {
    case nil: "wait"
    case .result(.success(let number)): "\(number)"
    case .result(.failure): "failure"
    case .end: "end"
    }
  }

  private static func ticket(_ lane: Int, _ index: Int) -> Queue.Ticket {
    Queue.Ticket(lane: lane, index: index)
  }

  @Test func aThreadAloneProducesAndWorksInTurn() {
    var queue = Self.queue()
    #expect(Self.text(queue.next()) == "produce 0")
    #expect(Self.text(queue.offer("a", lane: 0)) == "work 0.0 a")
    queue.complete(Self.ticket(0, 0), .success(1))
    #expect(Self.text(queue.next()) == "produce 0")
    queue.finish(lane: 0, throwing: nil)
    #expect(Self.text(queue.next()) == "end")
    #expect(Self.text(queue.take()) == "1")
    #expect(Self.text(queue.take()) == "end")
  }

  /// The consumer may be asleep while lanes end that give it nothing.
  @Test func lanesWithoutItemsMakeRoomForLaterOnes() {
    var queue = Self.queue(lanes: 4)
    #expect(Self.text(queue.next()) == "produce 0")
    #expect(Self.text(queue.next()) == "produce 1")
    #expect(Self.text(queue.take()) == "wait")
    queue.finish(lane: 1, throwing: nil)
    #expect(Self.text(queue.next()) == "wait")
    queue.finish(lane: 0, throwing: nil)
    #expect(Self.text(queue.next()) == "produce 2")
    #expect(Self.text(queue.next()) == "produce 3")
    queue.finish(lane: 2, throwing: nil)
    queue.finish(lane: 3, throwing: nil)
    #expect(Self.text(queue.take()) == "end")
  }

  @Test func anIdleThreadGetsTheItemAndTheProducerGoesOn() {
    var queue = Self.queue()
    #expect(Self.text(queue.next()) == "produce 0")
    #expect(Self.text(queue.next()) == "wait")
    queue.idleThreads = 1
    #expect(Self.text(queue.offer("a", lane: 0)) == "produce 0")
    #expect(Self.text(queue.next()) == "work 0.0 a")
    queue.idleThreads = 0
    // No thread is idle any more; while the producer works, its lane is free.
    #expect(Self.text(queue.offer("b", lane: 0)) == "work 0.1 b")
    #expect(Self.text(queue.next()) == "produce 0")
  }

  @Test func threadsSpreadOverTheOpenLanes() {
    var queue = Self.queue(lanes: 3, openLanes: 2)
    #expect(Self.text(queue.next()) == "produce 0")
    #expect(Self.text(queue.next()) == "produce 1")
    #expect(Self.text(queue.next()) == "wait")
    // The third lane opens when the first is consumed.
    #expect(Self.text(queue.offer("a", lane: 0)) == "work 0.0 a")
    #expect(Self.text(queue.next()) == "produce 0")
    queue.finish(lane: 0, throwing: nil)
    queue.complete(Self.ticket(0, 0), .success(1))
    #expect(Self.text(queue.next()) == "wait")
    #expect(Self.text(queue.take()) == "1")
    #expect(Self.text(queue.next()) == "produce 2")
  }

  @Test func resultsComeLaneByLane() {
    var queue = Self.queue(lanes: 2)
    _ = queue.next()
    _ = queue.next()
    for (lane, item) in [(0, "a"), (1, "b"), (1, "c"), (0, "d")] {
      _ = queue.offer(item, lane: lane)
    }
    queue.complete(Self.ticket(1, 0), .success(3))
    queue.complete(Self.ticket(1, 1), .success(4))
    queue.complete(Self.ticket(0, 1), .success(2))
    #expect(Self.text(queue.take()) == "wait")
    queue.complete(Self.ticket(0, 0), .success(1))
    #expect(Self.text(queue.take()) == "1")
    #expect(Self.text(queue.take()) == "2")
    // The first lane may go on.
    #expect(Self.text(queue.take()) == "wait")
    queue.finish(lane: 0, throwing: nil)
    queue.finish(lane: 1, throwing: nil)
    #expect(["3", "4", "end"].allSatisfy { Self.text(queue.take()) == $0 })
  }

  /// Room is given back when a result is consumed, not when it is done.
  @Test func noMoreThanTheCapacityIsOnItsWay() {
    var queue = Self.queue(lanes: 2, capacity: 3)
    for index in 0..<3 {
      #expect(Self.text(queue.next()) == "produce 0")
      _ = queue.offer("a", lane: 0)
      queue.complete(Self.ticket(0, index), .success(index))
    }
    for index in 0..<2 {
      #expect(Self.text(queue.next()) == "produce 1")
      _ = queue.offer("b", lane: 1)
      queue.complete(Self.ticket(1, index), .success(10 + index))
    }
    #expect(Self.text(queue.next()) == "wait")
    #expect(Self.text(queue.take()) == "0")
    #expect(Self.text(queue.next()) == "produce 0")
  }

  /// However many files there are, what waits for its turn does not grow with them.
  @Test func laterLanesShareTheirRoom() {
    var queue = Self.queue(lanes: 4, openLanes: 4, capacity: 1)
    _ = queue.next()
    _ = queue.offer("a", lane: 0)
    #expect(Self.text(queue.next()) == "produce 1")
    #expect(Self.text(queue.next()) == "produce 2")
    for lane in 1...2 {
      _ = queue.offer("b", lane: lane)
      queue.complete(Self.ticket(lane, 0), .success(lane))
    }
    #expect(Self.text(queue.next()) == "wait")
    // The second lane's item is no longer ahead once the first lane is done.
    queue.finish(lane: 0, throwing: nil)
    queue.complete(Self.ticket(0, 0), .success(0))
    #expect(Self.text(queue.take()) == "0")
    #expect(Self.text(queue.next()) == "produce 2")
  }

  @Test func theProducersErrorComesAfterItsItems() {
    var queue = Self.queue(lanes: 2)
    _ = queue.next()
    _ = queue.offer("a", lane: 0)
    queue.finish(lane: 0, throwing: Failure())
    #expect(Self.text(queue.take()) == "wait")
    queue.complete(Self.ticket(0, 0), .success(1))
    #expect(Self.text(queue.take()) == "1")
    #expect(Self.text(queue.take()) == "failure")
  }

  @Test func cancellingEndsEveryThread() {
    var queue = Self.queue()
    _ = queue.next()
    queue.cancel()
    #expect(Self.text(queue.offer("a", lane: 0)) == "end")
    #expect(Self.text(queue.next()) == "end")
  }

  @Test func withoutLanesThereIsNothingToDo() {
    var queue = Self.queue(lanes: 0)
    #expect(Self.text(queue.next()) == "end")
    #expect(Self.text(queue.take()) == "end")
  }
}
