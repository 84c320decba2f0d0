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
