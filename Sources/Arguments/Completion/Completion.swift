internal import Settings

/// What can stand where the cursor is in a command line.
package struct Completion: Equatable, Sendable {
  package struct Candidate: Equatable, Sendable {
    /// What stands there; more follows where it ends in `=` or `.`, or in ``Paths/parts``.
    let text: String
    /// What it is, on one line.
    let help: String
  }

  /// What the shell adds of its own.
  package enum Paths: String, Sendable {
    case none = "words"
    /// Not even a space behind the word, as it is in a list.
    case parts
    case files, folders
  }

  package private(set) var candidates: [Candidate] = []
  package private(set) var paths = Paths.none
  /// What of the word stands before all of these, such as `output.dir=`.
  package private(set) var prefix = ""

  /// - Parameters:
  ///   - words: what was typed after the program's name up to the cursor, the word that it is in
  ///     last; that may be empty.
  ///   - root: the command that the words are read by.
  package init(_ words: [String], of root: any AnyCommand) {
    var command = root
    var rest = words.dropLast()
    let current = words.last ?? ""
    // The words of a group, between which may stand options that every command takes.
    while !command.subcommands.isEmpty {
      guard let word = rest.popFirst() else {
        if current.hasPrefix("-") {
          addOptions(of: command, current)
        } else {
          addWords(of: command)
        }
        return
      }
      if let option = command.allOptions.first(where: { $0.isNamed(in: word) }) {
        guard option.valueName != nil, !word.contains("=") else { continue }
        guard rest.popFirst() != nil else {
          addValues(of: option)
          return
        }
      } else if let next = command.subcommands.first(where: { $0.shortName == word }) {
        command = next
      } else {
        return
      }
    }
    addArguments(of: command, behind: rest, current, root)
  }

  /// The lines that the scripts of the shells read: what the shell adds and the prefix, then each
  /// candidate and its help, with tabs between.
  package var lines: String {
    ([(paths.rawValue, prefix)] + candidates.map { ($0.text, $0.help) })
      .map { "\($0.0)\t\($0.1)\n" }.joined()
  }

  // MARK: Parts

  /// What follows the name of a command that has no subcommands.
  private mutating func addArguments(
    of command: any AnyCommand, behind typed: ArraySlice<String>, _ current: String,
    _ root: any AnyCommand
  ) {
    var operands: [String] = []
    var rest = typed
    var takesOptions = true
    while let word = rest.popFirst() {
      if takesOptions, word == "--" {
        takesOptions = false
      } else if takesOptions, word.hasPrefix("-"), word != "-" {
        let option = command.allOptions.first { $0.isNamed(in: word) }
        guard let option, option.valueName != nil, !word.contains("=") else { continue }
        guard rest.popFirst() != nil else { return addValues(of: option) }
      } else {
        operands.append(word)
      }
    }
    if takesOptions, current.hasPrefix("-") { return addOptions(of: command, current) }
    for operand in command.possibleOperands(at: operands.count) {
      switch Placeholder.meanings[operand] {
      case .file: if !current.contains("=") { paths = .files }
      case .folder: paths = .folders
      case .setting: addSettings(of: command, current)
      case .command: addWords(behind: operands, of: root)
      case .anything, nil: break
      }
    }
    candidates += command.operandWords.filter { _ in operands.isEmpty }.map {
      Candidate(text: $0, help: "")
    }
  }

  private mutating func addWords(of command: any AnyCommand) {
    candidates += command.subcommands.map { Candidate(text: $0.shortName, help: $0.abstract) }
  }

  private mutating func addWords(behind words: [String], of root: any AnyCommand) {
    var command = root
    for word in words {
      guard let next = command.subcommands.first(where: { $0.shortName == word }) else { return }
      command = next
    }
    addWords(of: command)
  }

  private mutating func addOptions(of command: any AnyCommand, _ current: String) {
    if let end = current.firstIndex(of: "=") {
      guard let option = command.allOptions.first(where: { $0.isNamed(in: current) }) else {
        return
      }
      prefix = String(current[...end])
      return addValues(of: option)
    }
    candidates += command.allOptions.map { Candidate(text: $0.name, help: $0.help.summary) }
    candidates += command.aliases.compactMap { alias in
      alias.words.last.map { Candidate(text: $0, help: "") }
    }
  }

  private mutating func addValues(of option: any AnyOption) {
    candidates += option.words.map { Candidate(text: $0, help: "") }
    switch option.valueName.flatMap({ Placeholder.meanings[$0] }) {
    case .file: paths = .files
    case .folder: paths = .folders
    case .setting, .command, .anything, nil: break
    }
  }

  /// Keys one section at a time, and behind the equals sign what a key can be.
  private mutating func addSettings(of command: any AnyCommand, _ current: String) {
    if let end = current.firstIndex(of: "=") {
      let key = current[..<end]
      guard let setting = command.settings.first(where: { $0.key == key }) else { return }
      prefix = String(current[...end])
      var words = setting.words
      if setting.holdsPaths { paths = .files }
      if current[end...].hasPrefix("=[") {
        guard setting.takesList || command.triesValues,
          let separator = current.lastIndex(where: { "[,".contains($0) })
        else { return }
        // Elements before it are said already.
        let elements = current[end...separator].split { "=[], ".contains($0) }.map(String.init)
        prefix = String(current[...separator])
        prefix += current[current.index(after: separator)...].prefix { $0 == " " }
        words = words.filter { !elements.contains($0) && $0 != "null" }
        if !setting.holdsPaths { paths = .parts }
      }
      candidates += words.map { Candidate(text: $0, help: "") }
      return
    }
    var seen: Set<String> = []
    for setting in command.settings where setting.key.hasPrefix(current) {
      let rest = setting.key.dropFirst(current.count)
      if let dot = rest.firstIndex(of: ".") {
        let section = String(setting.key[..<dot])
        guard seen.insert(section).inserted else { continue }
        let help = Section.all.first { $0.key == section }?.help ?? ""
        candidates.append(Candidate(text: section + ".", help: help.summary))
      } else {
        candidates.append(Candidate(text: setting.key + "=", help: setting.help.summary))
      }
    }
  }
}

extension AnyCommand {
  /// The names of the operands of which one can be that of this number, from 0.
  fileprivate func possibleOperands(at position: Int) -> [String] {
    var names: [String] = []
    var required = 0
    var isOpen = false
    for (number, operand) in operands.enumerated() {
      isOpen = isOpen || operand.name.contains("...")
      if required <= position, isOpen || position <= number {
        names.append(operand.name.withoutBrackets)
      }
      if !operand.name.hasPrefix("[") { required += 1 }
    }
    return names
  }
}

extension String {
  /// The beginning of a sentence, as long as one line of a list has room for.
  fileprivate var summary: String {
    let plain = replacing("`", with: "").replacing("\t", with: " ").replacing("\n", with: " ")
    var text = plain[...]
    for end in [" (default", ". ", "; "] {
      if let range = text.firstRange(of: end) { text = text[..<range.lowerBound] }
    }
    if text.hasSuffix(".") { text = text.dropLast() }
    return text.count <= 60 ? String(text) : text.prefix(59) + "…"
  }
}
