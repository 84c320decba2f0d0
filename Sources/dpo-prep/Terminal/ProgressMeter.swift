internal import Glibc
internal import JSON
internal import Records
internal import Synchronization
internal import Work

/// Shows how far a stage is: a bar on a terminal, elsewhere a plain line every half minute, or for
/// programs JSON objects.
final class ProgressMeter: ProgressSink {
  private struct State {
    var stage = ""
    var total = 0
    var started = ContinuousClock.now
    var lastShown = ContinuousClock.now
    var isShown = false
    var done = 0
  }

  private let state = Mutex(State())
  private let isEnabled: Bool
  private let isTerminal = isatty(2) == 1
  /// Nil where no program wants to know.
  private let lines: JSONLines?

  /// How long there is no line after another, where there is no terminal.
  private let linePause: Duration

  /// - Parameters:
  ///   - lines: where objects go, whether or not people are shown something.
  ///   - linePause: how long there is no line after another, where there is no terminal.
  init(isEnabled: Bool, lines: JSONLines? = nil, linePause: Duration = .seconds(30)) {
    self.linePause = linePause
    self.isEnabled = isEnabled
    self.lines = lines
  }

  /// Starts a stage of so many bytes; 0 where it is not measured in bytes.
  func begin(_ stage: String, total: Int) {
    state.withLock {
      $0 = State()
      $0.stage = stage
      $0.total = total
      write($0, isFinished: false)
    }
  }

  /// Shows that so many bytes are done.
  func update(_ done: Int) {
    guard isEnabled || lines != nil else { return }
    state.withLock { state in
      let now = ContinuousClock.now
      state.done = max(state.done, done)
      guard now - state.lastShown > pause else { return }
      state.lastShown = now
      write(state, isFinished: false)
      guard isEnabled else { return }
      let seconds = (now - state.started) / .seconds(1)
      let line = Self.line(state.stage, done: done, total: state.total, seconds: seconds)
      if isTerminal {
        StderrPrinter.write("\r\u{1B}[K" + ShownText(line: line))
        state.isShown = true
      } else {
        StderrPrinter.write(ShownText(line: line) + "\n")
      }
    }
  }

  /// Ends the stage and clears the bar.
  func end() {
    state.withLock {
      if $0.isShown { StderrPrinter.write("\r\u{1B}[K") }
      $0.isShown = false
      write($0, isFinished: true)
    }
  }

  /// How long nothing is shown after something was.
  private var pause: Duration {
    if lines != nil { return .milliseconds(100) }
    return isTerminal ? .milliseconds(200) : linePause
  }

  private func write(_ state: State, isFinished: Bool) {
    // What is counted of Parquet is its text, which can be more than the file.
    let done =
      state.total > 0 ? (isFinished ? state.total : min(state.done, state.total)) : state.done
    lines?.write([
      "type": "progress",
      "stage": .string(state.stage),
      "done": .integer(done),
      "total": state.total > 0 ? .integer(state.total) : .null,
      "seconds": .number((ContinuousClock.now - state.started) / .seconds(1)),
      "finished": .bool(isFinished),
    ])
  }

  private static func line(_ stage: String, done: Int, total: Int, seconds: Double) -> String {
    let rate = Double(done) / max(seconds, 1e-3)
    var line = "\(stage)  \(Quantity.bytes(done))"
    if total > 0 {
      let part = min(1, Double(done) / Double(total))
      let filled = Int(clamped: part * 24)
      let bar =
        "[" + String(repeating: "#", count: filled) + String(repeating: "-", count: 24 - filled)
        + "]"
      let left = Int(clamped: Double(total - min(done, total)) / max(rate, 1))
      line =
        "\(stage)  \(bar) \(Int(clamped: part * 100)) %  \(Quantity.bytes(done)) of \(Quantity.bytes(total))"
      line +=
        "  \(Quantity.bytes(Int(clamped: rate)))/s  \(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60) left"
    } else {
      line += "  \(Quantity.bytes(Int(clamped: rate)))/s"
    }
    return line
  }
}
