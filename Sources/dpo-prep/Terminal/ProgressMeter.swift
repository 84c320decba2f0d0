internal import Glibc
internal import Records
internal import Synchronization

/// Shows how far a stage is: a bar on a terminal, elsewhere a plain line every half minute.
final class ProgressMeter: Sendable {
  private struct State {
    var stage = ""
    var total = 0
    var started = ContinuousClock.now
    var lastShown = ContinuousClock.now
    var isShown = false
  }

  private let state = Mutex(State())
  private let isEnabled: Bool
  private let isTerminal = isatty(2) == 1

  init(isEnabled: Bool) { self.isEnabled = isEnabled }

  /// Starts a stage of so many bytes.
  func begin(_ stage: String, total: Int) {
    state.withLock {
      $0 = State()
      $0.stage = stage
      $0.total = total
    }
  }

  /// Shows that so many bytes are done.
  func update(_ done: Int) {
    guard isEnabled else { return }
    state.withLock { state in
      let now = ContinuousClock.now
      guard now - state.lastShown > (isTerminal ? .milliseconds(200) : .seconds(30)) else { return }
      state.lastShown = now
      let seconds = (now - state.started) / .seconds(1)
      let line = Self.line(state.stage, done: done, total: state.total, seconds: seconds)
      if isTerminal {
        StderrPrinter.write("\r\u{1B}[K" + line)
        state.isShown = true
      } else {
        StderrPrinter.write(line + "\n")
      }
    }
  }

  /// Ends the stage and clears the bar.
  func end() {
    state.withLock {
      if $0.isShown { StderrPrinter.write("\r\u{1B}[K") }
      $0.isShown = false
    }
  }

  private static func line(_ stage: String, done: Int, total: Int, seconds: Double) -> String {
    let rate = Double(done) / max(seconds, 1e-3)
    var line = "\(stage)  \(Quantity.bytes(done))"
    if total > 0 {
      let part = min(1, Double(done) / Double(total))
      let filled = Int(part * 24)
      let bar =
        "[" + String(repeating: "#", count: filled) + String(repeating: "-", count: 24 - filled)
        + "]"
      let left = Int(Double(total - min(done, total)) / max(rate, 1))
      line =
        "\(stage)  \(bar) \(Int(part * 100)) %  \(Quantity.bytes(done)) of \(Quantity.bytes(total))"
      line +=
        "  \(Quantity.bytes(Int(rate)))/s  \(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60) left"
    } else {
      line += "  \(Quantity.bytes(Int(rate)))/s"
    }
    return line
  }
}
