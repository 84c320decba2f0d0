internal import Glibc
package import Terminal

/// How the program tells what it tells: options that every command takes.
package struct ReportingOptions: Equatable, Sendable {
  /// Where errors, warnings and notes go as JSON Lines; nil for text on standard error.
  package fileprivate(set) var diagnostics: Int32?
  /// Where progress goes as JSON Lines; nil for a bar.
  package fileprivate(set) var progress: Int32?
  /// Whether text is colored.
  package fileprivate(set) var color = ColorChoice.auto
  /// Whether notes, progress and summaries of what was written are left out.
  package fileprivate(set) var isQuiet = false
  /// Whether progress is shown to people.
  package fileprivate(set) var showsProgress = true

  package init() {}

  package static let all: [OptionSpec<ReportingOptions>] = [
    .flag(
      "quiet", short: "q", \.isQuiet,
      "No progress, no notes and no summary of what was written: only warnings, errors and what "
        + "was asked for."),
    .flag(
      "no-progress", \.showsProgress, to: false,
      "No progress (default: a bar on a terminal, else a line every 30 s)."),
    OptionSpec(
      "diagnostics-fd", valueName: "FD",
      "Write errors, warnings and notes as JSON Lines to this descriptor, 2 for standard error "
        + "(default: text on standard error, JSON Lines with --json).",
      apply: { (text, options) throws(UsageError) in
        options.diagnostics = try descriptor(text, of: "--diagnostics-fd")
      }),
    OptionSpec(
      "progress-fd", valueName: "FD", "Write progress as JSON Lines to this descriptor.",
      apply: { (text, options) throws(UsageError) in
        options.progress = try descriptor(text, of: "--progress-fd")
      }),
    .choice(
      "color", "WHEN", \.color,
      "Color headings and messages: auto, always or never (default: auto, which is on a terminal "
        + "unless NO_COLOR is set)."),
  ]

  /// Takes these options out of a command line.
  ///
  /// What was read before an error stays read, so that the error is reported in the right form. With
  /// `--json` programs read what is wrong, too.
  package mutating func take(from arguments: inout [String]) throws(UsageError) {
    let all = arguments
    let end = all.firstIndex(of: "--") ?? all.endIndex
    arguments = []
    if all[..<end].contains("--json") { diagnostics = STDERR_FILENO }
    var rest = all[..<end]
    while let argument = rest.popFirst() {
      if let option = Self.all.first(where: { $0.isNamed(in: argument) }) {
        try option.take(argument, &rest, &self)
      } else {
        arguments.append(argument)
      }
    }
    arguments += all[end...]
  }

  /// The number of an open descriptor.
  private static func descriptor(
    _ text: String, of option: String
  ) throws(UsageError) -> Int32 {
    guard let number = Int32(text), number >= 0 else {
      throw UsageError(
        .invalidValue, "\"\(option)\" needs the number of a descriptor, found \"\(text)\"",
        hint: "write for example \(option) 3 3>events.jsonl")
    }
    guard fcntl(number, F_GETFL) & O_ACCMODE != O_RDONLY, fcntl(number, F_GETFL) >= 0 else {
      throw UsageError(
        .invalidValue, "\"\(option)\" needs an open descriptor, found \(number)",
        hint: "open it for writing, as in \(option) \(number) \(number)>events.jsonl")
    }
    return number
  }
}
