import Glibc
import Testing

@testable import Work

@Suite struct MonitorTests {
  @Test func waitersSeeWhatOthersChange() throws {
    let monitor = Monitor(0)
    let thread = try #require(
      WorkerThread {
        for _ in 0..<1000 { monitor.update { $0 += 1 } }
      })
    let seen = monitor.wait { $0 >= 1000 ? $0 : nil }
    thread.join()
    #expect(seen == 1000)
  }

  @Test func noResultInTimeIsNil() {
    let monitor = Monitor(0)
    let result: Int? = monitor.wait(milliseconds: 20) { _ in nil }
    #expect(result == nil)
  }

  @Test func aResultInTimeIsGiven() {
    let monitor = Monitor(0)
    let isStarted = WorkerThread.detach {
      usleep(2000)
      monitor.update { $0 = 7 }
    }
    #expect(isStarted)
    #expect(monitor.wait(milliseconds: 60_000) { $0 == 0 ? nil : $0 } == 7)
  }

  @Test func thereIsAProcessor() {
    #expect(Processors.count >= 1)
  }
}
