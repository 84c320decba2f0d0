import Glibc
import Synchronization
import Testing

@testable import Work

@Suite struct ConcurrentTests {
  @Test(arguments: [0, 1, 2, 7, 40])
  func everyNumberIsCalledOnce(threads: Int) {
    let calls = Mutex<[Int]>([])
    Concurrent.perform(threads: threads) { number in calls.withLock { $0.append(number) } }
    #expect(calls.withLock { $0.sorted() } == Array(0..<max(threads, 1)))
  }

  @Test func theCallerOnlyWaits() {
    let caller = pthread_self()
    let workers = Mutex<[pthread_t]>([])
    Concurrent.perform(threads: 3) { _ in workers.withLock { $0.append(pthread_self()) } }
    #expect(workers.withLock { $0.count { pthread_equal($0, caller) == 0 } } == 3)
    #expect(pthread_equal(Concurrent.aside { pthread_self() }, caller) == 0)
  }

  @Test(arguments: [1, 2])
  func bothAreDone(threads: Int) throws {
    struct Fault: Error {}
    let (first, second) = Concurrent.both(threads: threads, { pthread_self() }, { pthread_self() })
    #expect(pthread_equal(first, pthread_self()) != 0)
    #expect((pthread_equal(first, second) != 0) == (threads == 1))
    #expect(throws: Fault.self) { try Concurrent.both(threads: threads, { throw Fault() }, {}) }
    #expect(throws: Fault.self) { try Concurrent.aside { throw Fault() } }
  }

  @Test(arguments: [1, 3, 16])
  func resultsAreInTheOrderOfTheElements(threads: Int) {
    let results = Concurrent.map(Array(0..<10), threads: threads) { number in
      usleep(UInt32(10 - number) * 100)
      return number * number
    }
    #expect(results == (0..<10).map { $0 * $0 })
  }

  @Test func threadsHaveRoomForDeepRecursion() throws {
    /// Takes some hundred bytes of the stack each time.
    @Sendable func depth(_ left: Int) -> Int {
      withUnsafeTemporaryAllocation(byteCount: 256, alignment: 16) { memory in
        memory[0] = UInt8(truncatingIfNeeded: left)
        return left == 0 ? 0 : depth(left - 1) + 1 + Int(memory[0]) - Int(memory[0])
      }
    }
    let reached = Mutex(0)
    try #require(WorkerThread { reached.withLock { $0 = depth(10_000) } }).join()
    #expect(reached.withLock { $0 } == 10_000)
  }
}
