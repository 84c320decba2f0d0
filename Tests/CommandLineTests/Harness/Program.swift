import Foundation

/// How a program ended.
struct Outcome {
  /// The exit status; 128 and the signal where a signal ended it.
  var status: Int32
  var output: String
  var errors: String
}

/// The programs that tests run.
enum Program {
  /// The binary that is tested: that of DPO_PREP_PROGRAM, or else the one built with these tests.
  static let path: String = {
    if let path = ProcessInfo.processInfo.environment["DPO_PREP_PROGRAM"] { return path }
    let bundle =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(fileURLWithPath: bundle).deletingLastPathComponent().path + "/dpo-prep"
  }()

  /// The top of the checkout.
  static let checkout = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// A Python that has the packages of the oracles, from DPO_PREP_PYTHON.
  static let python = ProcessInfo.processInfo.environment["DPO_PREP_PYTHON"]

  /// A folder of real scored generations, from DPO_PREP_TESTDATA.
  static let testData = ProcessInfo.processInfo.environment["DPO_PREP_TESTDATA"]

  /// Whether a program of the system is there.
  static func isOnPath(_ name: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
    }
  }

  /// Whether the oracles' Python has these packages.
  static func pythonHas(_ packages: String...) -> Bool {
    guard let python, let workspace = try? Workspace() else { return false }
    let script = "import " + packages.joined(separator: ", ")
    return (try? workspace.start(python, ["-c", script]).wait())?.status == 0
  }
}

/// A program that is running.
final class Running {
  private let process = Process()
  private let ended = DispatchSemaphore(value: 0)
  private let outputPath: String
  private let errorsPath: String

  /// - Parameter input: the file that is standard input; nil for none.
  init(_ program: String, _ arguments: [String], in folder: String, input: String?) throws {
    // Files, as pipes would have to be read while the program runs.
    let stem = NSTemporaryDirectory() + "/dpo-prep-tests-" + UUID().uuidString
    (outputPath, errorsPath) = (stem + ".out", stem + ".err")
    for path in [outputPath, errorsPath] {
      _ = FileManager.default.createFile(atPath: path, contents: nil)
    }
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    let output = FileHandle(forWritingAtPath: outputPath)
    let errors = FileHandle(forWritingAtPath: errorsPath)
    let input = FileHandle(forReadingAtPath: input ?? "/dev/null")
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = input
    process.terminationHandler = { [ended] _ in ended.signal() }
    // The program has its own; thousands of these would stay open until the tests are over.
    defer { for handle in [output, errors, input] { try? handle?.close() } }
    try Self.withoutBlockedSignals { try process.run() }
  }

  deinit {
    for path in [outputPath, errorsPath] { try? FileManager.default.removeItem(atPath: path) }
  }

  /// Threads of the test library block signals, and a program inherits that.
  private static func withoutBlockedSignals(_ body: () throws -> Void) rethrows {
    var (none, old) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &old)
    defer { pthread_sigmask(SIG_SETMASK, &old, nil) }
    try body()
  }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits for the end.
  ///
  /// - Parameter timeout: seconds after which the program is killed and the test fails.
  func wait(timeout: Double = 120) throws -> Outcome {
    if ended.wait(timeout: .now() + timeout) == .timedOut {
      send(SIGKILL)
      throw Unexpected(text: "still running after \(timeout) s: \(process.arguments ?? [])")
    }
    let status = process.terminationStatus
    return Outcome(
      status: process.terminationReason == .uncaughtSignal ? 128 + status : status,
      output: try text(outputPath), errors: try text(errorsPath))
  }

  private func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }
}

extension Workspace {
  /// Starts a program in the folder.
  func start(_ program: String, _ arguments: [String], input: String? = nil) throws -> Running {
    try Running(program, arguments, in: path, input: input.map { path + "/" + $0 })
  }

  /// Starts dpo-prep in the folder.
  func start(_ arguments: [String]) throws -> Running { try start(Program.path, arguments) }

  /// Runs dpo-prep in the folder.
  ///
  /// - Parameter input: the file that is standard input; nil for none.
  /// With `--json` errors are told as text all the same: what people read is in the objects.
  func dpoPrep(_ arguments: [String], input: String? = nil) throws -> Outcome {
    var outcome = try start(Program.path, arguments, input: input).wait()
    let isRaw = arguments.contains { $0.hasPrefix("--diagnostics-fd") }
    if arguments.contains("--json"), !isRaw { outcome.errors = try outcome.errorsAsText() }
    return outcome
  }

  /// Runs dpo-prep in the folder and fails where it does.
  @discardableResult
  func succeed(_ arguments: [String], input: String? = nil) throws -> Outcome {
    let outcome = try dpoPrep(arguments, input: input)
    guard outcome.status == 0 else {
      throw Unexpected(text: "\(arguments): status \(outcome.status): \(outcome.errors)")
    }
    return outcome
  }

  /// Runs a script of the shell in the folder; `$DPO_PREP` is the program.
  func shell(_ script: String) throws -> Outcome {
    try start("/bin/sh", ["-c", "DPO_PREP='\(Program.path)'\n" + script]).wait()
  }

  /// Runs Python, which has to be there.
  func python(_ arguments: [String]) throws -> Outcome {
    guard let python = Program.python else { throw Unexpected(text: "DPO_PREP_PYTHON is not set") }
    return try start(python, arguments).wait()
  }

  /// Runs the training script of the examples with its own Python, which has to be there.
  func example(_ arguments: [String]) throws -> Outcome {
    guard let python = Program.python else { throw Unexpected(text: "DPO_PREP_PYTHON is not set") }
    let script = "\(Program.checkout)/examples/train_dpo.py"
    return try start(python, [script, "--dpo-prep", Program.path] + arguments).wait()
  }

  /// Runs a script of Tests/oracle, or gives nil where there is no Python for it.
  func oracle(_ script: String, _ arguments: [String]) throws -> Outcome {
    guard let python = Program.python else { throw Unexpected(text: "DPO_PREP_PYTHON is not set") }
    return try start(python, ["\(Program.checkout)/Tests/oracle/\(script)"] + arguments).wait()
  }
}

extension Outcome {
  /// The JSON Lines of standard error as the program writes them for people.
  fileprivate func errorsAsText() throws -> String {
    try errors.split(separator: "\n").map { line in
      let told = try JSON.object(String(line))
      let place = ["file", "line", "column"].compactMap { told[$0] }.filter { !($0 is NSNull) }
      let head = place.isEmpty ? "dpo-prep" : place.map { "\($0)" }.joined(separator: ":")
      let hint = (told["hint"] as? String)?.split(separator: "\n") ?? []
      let first =
        "\(head): \(told["severity"] as? String ?? ""): \(told["message"] as? String ?? "")"
      return ([first] + hint.map { "  \($0)" }).map { $0 + "\n" }.joined()
    }.joined()
  }
}
