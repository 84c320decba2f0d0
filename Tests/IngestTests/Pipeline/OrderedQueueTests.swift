import Testing

@testable import Ingest

@Suite struct OrderedQueueTests {
  typealias Queue = OrderedQueue<String, Int>

  private struct Failure: Error {}

  private static func item<Item>(_ step: Queue.Step<Item>?) -> (index: Int, item: Item)? {
    guard case .item(let index, let item) = step else { return nil }
    return (index, item)
  }

  private static func isEnd<Item>(_ step: Queue.Step<Item>?) -> Bool {
    guard case .end = step else { return false }
    return true
  }

  @Test func resultsComeInTheOrderOfItems() throws {
    var queue = Queue(capacity: 3)
    for text in ["a", "b", "c"] { #expect(queue.offer(text) == true) }
    let items = (0..<3).compactMap { _ in Self.item(queue.next()) }
    #expect(items.map(\.index) == [0, 1, 2])
    #expect(items.map(\.item) == ["a", "b", "c"])

    queue.complete(2, .success(20))
    #expect(!Self.isEnd(queue.take()) && Self.item(queue.take()) == nil)
    queue.complete(0, .success(0))
    #expect(try Self.item(queue.take())?.item.get() == 0)
    #expect(Self.item(queue.take()) == nil)
    queue.complete(1, .success(10))
    #expect(try Self.item(queue.take())?.item.get() == 10)
    #expect(try Self.item(queue.take())?.item.get() == 20)
    queue.finish(throwing: nil)
    #expect(Self.isEnd(queue.take()))
    #expect(Self.isEnd(queue.next()))
  }

  /// Room is given back when a result is consumed, not when it is done.
  @Test func noMoreThanTheCapacityIsOnItsWay() {
    var queue = Queue(capacity: 2)
    #expect(queue.offer("a") == true)
    #expect(queue.offer("b") == true)
    #expect(queue.offer("c") == nil)
    _ = queue.next()
    queue.complete(0, .success(0))
    #expect(queue.offer("c") == nil)
    _ = queue.take()
    #expect(queue.offer("c") == true)
    #expect(queue.offer("d") == nil)
  }

  @Test func workersWaitWhileMoreMayCome() {
    var queue = Queue(capacity: 2)
    #expect(!Self.isEnd(queue.next()) && Self.item(queue.next()) == nil)
    #expect(!Self.isEnd(queue.take()) && Self.item(queue.take()) == nil)
    queue.finish(throwing: nil)
    #expect(Self.isEnd(queue.next()))
    #expect(Self.isEnd(queue.take()))
  }

  @Test func whatIsThereIsWorkedOnAfterTheProducerHasEnded() {
    var queue = Queue(capacity: 2)
    _ = queue.offer("a")
    queue.finish(throwing: nil)
    #expect(Self.item(queue.next())?.item == "a")
    #expect(Self.isEnd(queue.next()))
    #expect(!Self.isEnd(queue.take()))
    queue.complete(0, .success(1))
    #expect(!Self.isEnd(queue.take()))
    #expect(Self.isEnd(queue.take()))
  }

  @Test func theProducersErrorComesAfterItsItems() throws {
    var queue = Queue(capacity: 2)
    _ = queue.offer("a")
    _ = queue.next()
    queue.finish(throwing: Failure())
    #expect(Self.item(queue.take()) == nil)
    queue.complete(0, .success(1))
    #expect(try Self.item(queue.take())?.item.get() == 1)
    let last = try #require(Self.item(queue.take()))
    #expect(throws: Failure.self) { try last.item.get() }
    #expect(Self.isEnd(queue.take()))
  }

  @Test func cancellingEndsProducerAndWorkers() {
    var queue = Queue(capacity: 1)
    _ = queue.offer("a")
    queue.cancel()
    #expect(queue.offer("b") == false)
    #expect(Self.isEnd(queue.next()))
  }
}
