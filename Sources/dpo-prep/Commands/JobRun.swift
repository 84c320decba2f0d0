internal import Glibc
internal import Job
internal import Records
internal import Terminal
internal import Work

/// Does a whole job on this machine: every task in a process of its own, several at a time.
struct JobRun {
  private let folder: JobFolder
  private let options: JobOptions
  private let reporting: Reporting

  init(_ folder: JobFolder, _ options: JobOptions, reporting: Reporting) {
    self.folder = folder
    self.options = options
    self.reporting = reporting
  }

  func run() throws {
    var status = try status()
    let inputs = status.inputs.indices
    try perform("measure", inputs.filter { !status.inputs[$0].measured.isDone })
    if !status.plan.isDone { try perform("plan", [nil]) }
    status = try self.status()
    try perform("extract", inputs.filter { !status.inputs[$0].extracted.isDone })
    let outputs = status.outputs ?? []
    try perform("assemble", outputs.indices.filter { !outputs[$0].assembled.isDone })
    if !status.finished.isDone { try perform("finish", [nil]) }
  }

  private func status() throws -> JobStatus {
    try JobWorker(folder, printer: reporting.printer, progress: ProgressMeter(isEnabled: false))
      .status()
  }

  /// Does tasks of a step; after a failure no further one is begun.
  private func perform(_ step: String, _ numbers: [Int?]) throws {
    guard !numbers.isEmpty else { return }
    var waiting = numbers[...]
    var running: [pid_t: Int?] = [:]
    var failure: JobTaskFailed?
    defer { Self.end(running.keys) }
    while !waiting.isEmpty && failure == nil || !running.isEmpty {
      try Interruption.checkpoint()
      while failure == nil, running.count < options.workers ?? 1, let number = waiting.popFirst() {
        running[try start(step, number)] = number
      }
      var status: Int32 = 0
      let ended = waitpid(-1, &status, WNOHANG)
      guard ended > 0, let number = running.removeValue(forKey: ended) else {
        usleep(10_000)
        continue
      }
      let signal = status & 0x7F
      let code = signal == 0 ? (status >> 8) & 0xFF : 128 + signal
      if code != 0, failure == nil {
        failure = JobTaskFailed(step: step, number: number, status: code)
      }
    }
    if let failure { throw failure }
  }

  /// Asks processes to stop, and waits until they have: they remove what they have begun.
  private static func end(_ processes: some Collection<pid_t>) {
    var left = Set(processes)
    func wait() { left = left.filter { waitpid($0, nil, WNOHANG) == 0 } }
    // Ctrl-C asks all of them; to be asked twice would be to be told to drop everything.
    for _ in 0..<15 where !left.isEmpty {
      usleep(10_000)
      wait()
    }
    for process in left { kill(process, SIGTERM) }
    while !left.isEmpty {
      usleep(10_000)
      wait()
    }
  }

  private func start(_ step: String, _ number: Int?) throws -> pid_t {
    var arguments = ["dpo-prep", "job", step, folder.path]
    if let number { arguments.append(String(number)) }
    if let threads = options.threads { arguments += ["--threads", String(threads)] }
    arguments += reporting.options(isOneOfMany: (options.workers ?? 1) > 1)
    var pointers = arguments.map { strdup($0) } + [nil]
    defer { pointers.forEach { free($0) } }
    var process: pid_t = 0
    let failed = posix_spawn(&process, "/proc/self/exe", nil, nil, &pointers, environ)
    guard failed == 0 else {
      throw InternalFault("a process cannot be started: \(String(cString: strerror(failed)))")
    }
    return process
  }
}

/// A task of a job ended badly; it has told why.
struct JobTaskFailed: ReportableError {
  let step: String
  let number: Int?
  let status: Int32

  var category: FailureCategory { FailureCategory(rawValue: status) ?? .software }

  var diagnostic: Diagnostic {
    Diagnostic(
      .error, "the task \(step)\(number.map { " \($0)" } ?? "") ended with status \(status)",
      hint: "`dpo-prep job status JOB` tells what is done; run the job again to go on",
      code: "task_failed")
  }
}
