internal import Glibc
internal import Synchronization

/// The signal that asked the program to stop, or 0.
private let receivedSignal = Atomic<Int32>(0)
/// Whether the work has noticed and is on its way out.
private let isEnding = Atomic<Bool>(false)

/// Turns Ctrl-C, `kill` and the end of a terminal into an end: the first asks, the second insists.
///
/// Work that is asked ends in order at its next ``checkpoint()``, and removes what it has begun. What
/// passes none for a moment (a library in C, one enormous value) is ended where it is, which is as
/// safe as `kill -9`: the next run finds what was begun and removes it.
package enum Interruption {
  /// The program was asked to stop.
  package struct Requested: Error {
    package let signal: Int32
  }

  /// How long work may take to notice, in microseconds.
  private static let patience = 400_000
  /// How long it may take to end once it has, in microseconds.
  private static let farewell = 500_000

  /// Starts listening.
  package static func install() {
    for number in [SIGINT, SIGTERM, SIGHUP] {
      let previous = signal(number) { number in
        if receivedSignal.exchange(number, ordering: .relaxed) != 0 { _exit(128 + number) }
        Interruption.endAfter(microseconds: Interruption.patience)
      }
      // `nohup` has the end of a terminal ignored.
      if number == SIGHUP, isIgnored(previous) { signal(number, SIG_IGN) }
    }
    signal(SIGALRM) { _ in
      let number = receivedSignal.load(ordering: .relaxed)
      guard number != 0 else { return }
      // Only what a handler may call: no memory, no locks.
      let text: StaticString =
        "error: stopped in the middle of a step; the next run removes what was begun\n"
      _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
      _exit(128 + number)
    }
    // A reader that closes its pipe early is no fault, and the program ends as if it had been
    // asked to: what it has begun is removed.
    signal(SIGPIPE) { number in
      _ = receivedSignal.compareExchange(
        expected: 0, desired: number, ordering: .relaxed)
    }
    // A file beyond the allowed size is an error of the write, which can be told and cleaned up.
    signal(SIGXFSZ, SIG_IGN)
  }

  private static func isIgnored(_ handler: sighandler_t?) -> Bool {
    unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  private static func endAfter(microseconds: Int) {
    var timer = itimerval()
    timer.it_value.tv_sec = microseconds / 1_000_000
    timer.it_value.tv_usec = microseconds % 1_000_000
    setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &timer, nil)
  }

  /// Does work that may take long or wait for a stream without end, and gives it up once asked to
  /// stop.
  ///
  /// What waits cannot be called off: its thread is left behind and ends with the process.
  package static func whileWaiting<Value: Sendable>(
    for work: @escaping @Sendable () throws -> Value
  ) throws -> Value {
    let outcome = Monitor<Result<Value, any Error>?>(nil)
    let isStarted = WorkerThread.detach {
      let result = Result { try work() }
      outcome.update { $0 = result }
    }
    guard isStarted else { return try work() }
    while true {
      let result = outcome.wait(milliseconds: 50) { $0 }
      try checkpoint()
      if let result { return try result.get() }
    }
  }

  /// Whether what reads from the program has gone away.
  package static var hasLostReader: Bool { receivedSignal.load(ordering: .relaxed) == SIGPIPE }

  /// Throws once the program was asked to stop.
  package static func checkpoint() throws(Requested) {
    let number = receivedSignal.load(ordering: .relaxed)
    guard number != 0 else { return }
    if !isEnding.exchange(true, ordering: .relaxed) { endAfter(microseconds: farewell) }
    throw Requested(signal: number)
  }
}
