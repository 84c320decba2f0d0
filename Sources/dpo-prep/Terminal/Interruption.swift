internal import Glibc
internal import Records
internal import Synchronization

/// The signal that asked the program to stop, or 0.
private let receivedSignal = Atomic<Int32>(0)

/// Turns Ctrl-C and `kill` into an orderly end: the first asks, the second insists.
enum Interruption {
  /// The program was asked to stop.
  struct Requested: Error {
    let signal: Int32
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
  }

  /// Throws once the program was asked to stop.
  static func checkpoint() throws(Requested) {
    let number = receivedSignal.load(ordering: .relaxed)
    if number != 0 { throw Requested(signal: number) }
  }
}
