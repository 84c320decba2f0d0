import Glibc
import Synchronization
import Testing

@testable import Work

@Suite struct OrderedPipelineTests {
  private struct Failure: Error, Equatable { var item: Int }

  /// Numbers from 0 up to `end`; the one that `fails` is an error instead.
  private final class Numbers: Sendable {
    private let next = Atomic(0)
    let end: Int
    let fails: Int?

    init(upTo end: Int, failing fails: Int? = nil) { (self.end, self.fails) = (end, fails) }

    /// The numbers as a lane.
    var lane: @Sendable () throws -> Int? { { try self.produce() } }

    var produced: Int { next.load(ordering: .relaxed) }

    func produce() throws -> Int? {
      let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
      if number == fails { throw Failure(item: number) }
      return number < end ? number : nil
    }
  }

  /// Sleeps for up to 2 ms, by a number alone.
  private static func delay(_ number: Int) {
    usleep(UInt32(truncatingIfNeeded: (number &* 2_654_435_761) >> 7) % 2000)
  }

  @Test(arguments: [1, 2, 3, 4, 8])
  func resultsComeInTheOrderOfTheInput(threads: Int) throws {
    let numbers = Numbers(upTo: 300)
    var consumed: [Int] = []
    try OrderedPipeline(threads: threads).run(
      lanes: [numbers.lane],
      makeWorker: {
        { number in
          Self.delay(number)
          return number * number
        }
      },
      consume: { consumed.append($0) })
    #expect(consumed == (0..<300).map { $0 * $0 })
  }

  @Test(arguments: [1, 2, 3, 4, 8], [1, 2, 5, 40])
  func lanesComeOneAfterTheOther(threads: Int, lanes: Int) throws {
    let numbers = (0..<lanes).map { lane in Numbers(upTo: lane == 1 ? 0 : 150 / lanes) }
    var consumed: [[Int]] = []
    try OrderedPipeline(threads: threads).run(
      lanes: numbers.enumerated().map { lane, numbers in
        { try numbers.produce().map { [lane, $0] } }
      },
      makeWorker: {
        { item in
          Self.delay(item[0] &* 1000 &+ item[1])
          return item
        }
      },
      consume: { consumed.append($0) })
    let expected = numbers.enumerated().flatMap { lane, numbers in
      (0..<numbers.end).map { [lane, $0] }
    }
    #expect(consumed == expected)
  }

  /// A later lane's error is never told before an earlier lane's.
  @Test(arguments: [1, 2, 4])
  func theFirstErrorIsTheOneOfTheFirstLane(threads: Int) {
    let numbers = [Numbers(upTo: 60, failing: 50), Numbers(upTo: 60, failing: 0)]
    #expect(throws: Failure(item: 50)) {
      try OrderedPipeline(threads: threads).run(
        lanes: numbers.map(\.lane),
        makeWorker: {
          { number in
            Self.delay(number)
            return number
          }
        },
        consume: { (_: Int) in })
    }
  }

  @Test(arguments: [1, 2, 4])
  func anErrorOfAWorkerComesInItsTurn(threads: Int) {
    let numbers = Numbers(upTo: 200)
    var consumed: [Int] = []
    #expect(throws: Failure(item: 37)) {
      try OrderedPipeline(threads: threads).run(
        lanes: [numbers.lane],
        makeWorker: {
          { number in
            // The later error is found first.
            if number == 38 { throw Failure(item: number) }
            Self.delay(number)
            if number == 37 { throw Failure(item: number) }
            return number
          }
        },
        consume: { consumed.append($0) })
    }
    #expect(consumed == Array(0..<37))
  }

  @Test(arguments: [1, 2, 4])
  func anErrorOfTheProducerComesInItsTurn(threads: Int) {
    let numbers = Numbers(upTo: 200, failing: 51)
    var consumed: [Int] = []
    #expect(throws: Failure(item: 51)) {
      try OrderedPipeline(threads: threads).run(
        lanes: [numbers.lane],
        makeWorker: {
          { number in
            Self.delay(number)
            return number
          }
        },
        consume: { consumed.append($0) })
    }
    #expect(consumed == Array(0..<51))
  }

  @Test(arguments: [1, 2, 4])
  func anErrorOfTheConsumerEndsEverything(threads: Int) {
    let numbers = Numbers(upTo: 1_000_000)
    #expect(throws: Failure(item: 20)) {
      try OrderedPipeline(threads: threads).run(
        lanes: [numbers.lane],
        makeWorker: { { $0 } },
        consume: { (number: Int) in
          if number == 20 { throw Failure(item: number) }
        })
    }
    // The pipeline has returned, so no thread works any more, and little was read ahead.
    let produced = numbers.produced
    #expect(produced < 100)
    usleep(5000)
    #expect(numbers.produced == produced)
  }

  @Test(arguments: [1, 4])
  func nothingInNothingOut(threads: Int) throws {
    let numbers = Numbers(upTo: 0)
    try OrderedPipeline(threads: threads).run(
      lanes: [numbers.lane], makeWorker: { { $0 } },
      consume: { (_: Int) in Issue.record("there is nothing to consume") })
  }

  /// A worker's state needs no lock: each thread makes its own.
  @Test(arguments: [(1, 1), (2, 2), (4, 4)])
  func everyThreadHasAWorkerOfItsOwn(threads: Int, workers: Int) throws {
    let made = Counter()
    let numbers = Numbers(upTo: 100)
    var total = 0
    try OrderedPipeline(threads: threads).run(
      lanes: [numbers.lane],
      makeWorker: {
        made.count.wrappingAdd(1, ordering: .relaxed)
        return { $0 }
      },
      consume: { (number: Int) in total += number })
    #expect(made.count.load(ordering: .relaxed) == workers)
    #expect(total == 4950)
  }

  private final class Counter: Sendable {
    let count = Atomic(0)
  }
}
