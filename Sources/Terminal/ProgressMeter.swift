internal import JSON
internal import Records
internal import Synchronization
internal import Work

/// Shows how far a stage is: a bar on a terminal, elsewhere a plain line every half minute, or for
/// programs JSON objects.
package final class ProgressMeter: ProgressSink {
  private struct State {
    var stage = ""
    var total = 0
    var started = ContinuousClock.now
    var done = 0
    /// When something was shown last, whatever its stage.
    var lastShown = ContinuousClock.now
  }

  private let state = Mutex(State())
  private let isEnabled: Bool
  /// Whether lines are drawn over.
  private let isDrawn = StandardStream.error.isTerminal && !StandardStream.isDumbTerminal
  /// Nil where no program wants to know.
  private let lines: JSONLines?

  /// How long there is no line after another, where there is no terminal.
  private let linePause: Duration

  /// - Parameters:
  ///   - lines: where objects go, whether or not people are shown something.
  ///   - linePause: how long there is no line after another, where there is no terminal.
  package init(isEnabled: Bool, lines: JSONLines? = nil, linePause: Duration = .seconds(30)) {
    self.linePause = linePause
    self.isEnabled = isEnabled
    self.lines = lines
  }

  /// Starts a stage of so many bytes; 0 where it is not measured in bytes.
  package func begin(_ stage: String, total: Int) {
    state.withLock {
      $0 = State(stage: stage, total: total, lastShown: $0.lastShown)
      write($0, isFinished: false)
    }
  }

  /// Shows that so many bytes are done.
  package func update(_ done: Int) {
    guard isEnabled || lines != nil else { return }
    state.withLock { state in
      let now = ContinuousClock.now
      state.done = max(state.done, done)
      guard now - state.lastShown > pause else { return }
      state.lastShown = now
      write(state, isFinished: false)
      guard isEnabled else { return }
      let line = ProgressLine(
        stage: state.stage, done: done, total: state.total,
        seconds: (now - state.started) / .seconds(1))
      if isDrawn {
        // Some terminals go to the next line once the last column is written to, and a typed Ctrl-C
        // takes two more.
        let columns = (StandardStream.error.width ?? 80) - 3
        StatusLine.draw(ShownText(line: line.text(columns: columns)))
      } else {
        StatusLine.write(below: ShownText(line: line.text(columns: .max)) + "\n")
      }
    }
  }

  /// Ends the stage and clears the bar.
  package func end() {
    state.withLock {
      StatusLine.clear()
      write($0, isFinished: true)
    }
  }

  /// How long nothing is shown after something was.
  private var pause: Duration {
    if lines != nil { return .milliseconds(100) }
    return isDrawn ? .milliseconds(200) : linePause
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
}
