internal import Glibc

/// How the program tells programs what it tells people: options that every command takes.
struct ReportingOptions: Equatable, Sendable {
  /// Where errors, warnings and notes go as JSON Lines; nil for text on standard error.
  private(set) var diagnostics: Int32?
  /// Where progress goes as JSON Lines; nil for a bar.
  private(set) var progress: Int32?

  /// What the help says of the options.
  static let help = [
    (
      "    --diagnostics-fd N",
      "Write errors, warnings and notes as JSON Lines to this descriptor, 2 for standard error "
        + "(default: text on standard error, JSON Lines with --json)."
    ),
    ("    --progress-fd N", "Write progress as JSON Lines to this descriptor."),
  ]

  /// Takes these options out of a command line.
  ///
  /// What was read before an error stays read, so that the error is told in the right form. With
  /// `--json` programs read what is wrong, too.
  mutating func take(from arguments: inout [String]) throws(UsageError) {
    let all = arguments
    let end = all.firstIndex(of: "--") ?? all.endIndex
    arguments = []
    if all[..<end].contains("--json") { diagnostics = STDERR_FILENO }
    var rest = all[..<end]
    while let argument = rest.popFirst() {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      switch parts.first {
      case "--diagnostics-fd":
        diagnostics = try Self.descriptor(argument, &rest)
      case "--progress-fd":
        progress = try Self.descriptor(argument, &rest)
      default:
        arguments.append(argument)
      }
    }
    arguments += all[end...]
  }

  /// The number of an open descriptor, behind the equals sign or in the next argument.
  private static func descriptor(
    _ argument: String, _ rest: inout ArraySlice<String>
  ) throws(UsageError) -> Int32 {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let text = parts.count == 2 ? String(parts[1]) : rest.popFirst() else {
      throw UsageError(
        .missingValue, "\"\(parts[0])\" needs a descriptor", hint: "write \(parts[0]) 3")
    }
    guard let number = Int32(text), number >= 0 else {
      throw UsageError(
        .invalidValue, "\"\(parts[0])\" needs the number of a descriptor, found \"\(text)\"",
        hint: "write for example \(parts[0]) 3 3>events.jsonl")
    }
    guard fcntl(number, F_GETFL) & O_ACCMODE != O_RDONLY, fcntl(number, F_GETFL) >= 0 else {
      throw UsageError(
        .invalidValue, "\"\(parts[0])\" needs an open descriptor, found \(number)",
        hint: "open it for writing, as in \(parts[0]) \(number) \(number)>events.jsonl")
    }
    return number
  }
}
