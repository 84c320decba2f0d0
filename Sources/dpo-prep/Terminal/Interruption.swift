internal import Glibc
internal import Records
internal import Synchronization
internal import Work

/// The signal that asked the program to stop, or 0.
private let receivedSignal = Atomic<Int32>(0)

/// Turns Ctrl-C and `kill` into an orderly end: the first asks, the second insists.
enum Interruption {
  /// The program was asked to stop.
  struct Requested: Error {
    let signal: Int32

    var diagnostic: Diagnostic { Diagnostic(.error, "interrupted, nothing was written") }
  }

  /// Starts listening.
  static func install() {
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        if receivedSignal.exchange(number, ordering: .relaxed) != 0 { _exit(128 + number) }
      }
    }
    // A reader that closes its pipe early is nobody's fault.
    signal(SIGPIPE, SIG_DFL)
    // A file beyond the allowed size is an error of the write, which can be told and cleaned up.
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Does work that may wait for a stream without end, and gives it up once asked to stop.
  ///
  /// A read that waits cannot be called off: its thread is left behind and ends with the process.
  static func whileWaiting<Value: Sendable>(
    for work: @escaping @Sendable () throws -> Value
  ) throws -> Value {
    let outcome = Monitor<Result<Value, any Error>?>(nil)
    WorkerThread.detach {
      let result = Result { try work() }
      outcome.update { $0 = result }
    }
    while true {
      let result = outcome.wait(milliseconds: 50) { $0 }
      try checkpoint()
      if let result { return try result.get() }
    }
  }

  /// Throws once the program was asked to stop.
  static func checkpoint() throws(Requested) {
    let number = receivedSignal.load(ordering: .relaxed)
    if number != 0 { throw Requested(signal: number) }
  }
}
