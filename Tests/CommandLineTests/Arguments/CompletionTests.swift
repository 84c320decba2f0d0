import Records
import Settings
import Testing

@testable import Arguments
@testable import Terminal
@testable import Views
@testable import dpo_prep

@Suite struct CompletionTests {
  private func texts(_ line: String) -> [String] {
    let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let completion = Completion(words, of: Command.root)
    return completion.candidates.map(\.text)
  }

  @Test(arguments: [
    ("", ["run", "sweep", "job", "completions"]), ("job ", ["init", "measure", "status"]),
    ("help ", ["run", "job"]), ("help job ", ["measure"]),
    ("evaluate --color always ", ["rewardbench", "alpacaeval"]),
    ("run --", ["--output", "--json", "--color", "--help"]), ("-", ["--version", "--color"]),
    ("inspect --format ", ["nested", "openai"]), ("audit --profile ", ["trl", "h4"]),
    ("audit --fail-if ", ["longer_chosen"]), ("run --color ", ["auto", "always", "never"]),
    ("run ", ["input.", "calibration."]), ("run prep.yaml in", ["input."]),
    ("run prep.yaml input.", ["input.format=", "input.fields."]),
    ("job init prep.yaml job pairs.", ["pairs.strategy="]),
    ("evaluate rewardbench s calibration.", ["calibration.frac="]), ("completions ", ["fish"]),
  ])
  func wordsAreOffered(line: String, words: [String]) {
    let found = texts(line)
    for word in words { #expect(found.contains(word), "\(word) of \(found)") }
  }

  @Test(arguments: [
    ("run prep.yaml calibration.scope=", "calibration.scope=", ["global", "within_prompt"]),
    ("run prep.yaml output.overwrite=t", "output.overwrite=", ["true", "false"]),
    ("evaluate rewardbench --ties=", "--ties=", ["half", "wrong"]),
  ])
  func valuesAreOffered(line: String, prefix: String, words: [String]) {
    let completion = Completion(line.split(separator: " ").map(String.init), of: Command.root)
    #expect(completion.prefix == prefix)
    #expect(completion.candidates.map(\.text) == words)
  }

  @Test(arguments: [
    ("run ", "files"), ("run -o ", "folders"), ("run --output=", "folders"), ("fit -o ", "files"),
    ("diff a ", "files"), ("diff a b ", "words"), ("run prep.yaml calibration.curve=", "files"),
    ("run prep.yaml calibration.scope=", "words"), ("job status ", "folders"),
    ("job measure --", "words"), ("rnu ", "words"), ("version ", "words"), ("run -- ", "files"),
  ])
  func pathsStandWherePathsAreRead(line: String, paths: String) {
    let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    #expect(Completion(words, of: Command.root).paths.rawValue == paths)
  }

  /// A new name in a usage line says what completes it.
  @Test func everyPlaceholderHasAMeaning() {
    for command in Command.root.all {
      let names =
        command.operands.map(\.name.withoutBrackets)
        + command.allOptions.compactMap(\.valueName)
      for name in names {
        #expect(Placeholder.meanings[name] != nil, "\(command.name): \(name)")
      }
    }
  }

  /// Every setting is reached from its sections, and every word that is offered is one.
  @Test func settingsAreReachedAndValuesAreTaken() throws {
    for setting in Setting.all {
      let parts = setting.key.split(separator: ".")
      for count in 1..<parts.count {
        let section = parts[..<count].joined(separator: ".") + "."
        #expect(texts("run a.yaml \(section.dropLast())").contains(section))
      }
      #expect(texts("run a.yaml \(setting.key)").contains(setting.key + "="))
      // What one value needs of others is told of another setting.
      for word in setting.words {
        do {
          _ = try Configuration.parse(
            "{}", named: "none",
            overrides: ["input.paths=[x]", "output.dir=y", "\(setting.key)=\(word)"])
        } catch {
          for diagnostic in error.diagnostics {
            #expect(!diagnostic.message.hasPrefix("expected"), "\(setting.key)=\(word)")
          }
        }
      }
    }
  }

  @Test(arguments: CompletionShell.allCases)
  func scriptsAreScripts(shell: CompletionShell) throws {
    let workspace = try Workspace()
    try workspace.write(
      try workspace.succeed(["completions", shell.rawValue]).output, to: "script")
    let name = shell.rawValue
    let outcome = try workspace.shell(
      "if command -v \(name) >/dev/null; then \(name) -n script; fi")
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
  }

  /// Bash splits words at `=` and `:`, which the script has to put together again.
  @Test(arguments: [
    ("jo", ["job"]), ("job me", ["measure"]), ("run p.yaml cal", ["calibration."]),
    ("run p.yaml calibration.scope = ", ["global", "within_prompt"]),
    ("run p.yaml calibration.scope = w", ["within_prompt"]),
    ("inspect --format = ne", ["nested", "nectar", "nemo-rl"]),
    ("inspect --format ne", ["nested", "nectar", "nemo-rl"]), ("run -o ", ["folder"]),
    ("fit p.yaml -o o", ["one.json"]), ("run p", ["pairs.", "prep.yaml"]),
  ])
  func bashCompletes(line: String, replies: [String]) throws {
    let workspace = try Workspace()
    try workspace.write("", to: "folder/x")
    try workspace.write("", to: "one.json")
    let words = "dpo-prep \(line)".split(separator: " ", omittingEmptySubsequences: false)
    let quoted = words.map { "'\($0)'" }.joined(separator: " ")
    // What readline would do by itself, and what it is told to do.
    let script = """
      compopt() {
        case "$*" in
          "-o default"*) COMPREPLY=($(compgen -f -- "$word")) ;;
          "-o dirnames"*) COMPREPLY=($(compgen -d -- "$word")) ;;
        esac
      }
      . /dev/stdin <<<"$("$DPO_PREP" completions bash)"
      COMP_WORDBREAKS=' =:'
      COMP_WORDS=(\(quoted)); COMP_CWORD=\(words.count - 1); word='\(words[words.count - 1])'
      COMP_LINE='dpo-prep \(line.replacing(" = ", with: "="))'; COMP_POINT=${#COMP_LINE}
      _dpo_prep "$DPO_PREP"
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    try workspace.write("DPO_PREP='\(Program.path)'\n" + script, to: "complete.bash")
    let outcome = try workspace.start("/bin/bash", ["complete.bash"]).wait()
    let found = outcome.output.split(separator: "\n").map(String.init)
    #expect(found == replies, "\(outcome.errors)")
  }

  /// The key in a terminal of each shell that is installed.
  @Test(
    .enabled(if: Program.python != nil, "set DPO_PREP_PYTHON"), arguments: CompletionShell.allCases)
  func shellsComplete(shell: CompletionShell) throws {
    let workspace = try Workspace()
    let name = shell.rawValue
    guard try workspace.shell("command -v \(name)").status == 0 else { return }
    let lines = [
      ("dpo-prep job me", "dpo-prep job measure "),
      ("dpo-prep run p.yaml calibration.sc", "dpo-prep run p.yaml calibration.scope="),
      (
        "dpo-prep run p.yaml calibration.scope=w",
        "dpo-prep run p.yaml calibration.scope=within_prompt "
      ),
    ]
    let outcome = try workspace.oracle("complete.py", [name, Program.path] + lines.map(\.0))
    #expect(
      outcome.output.split(separator: "\n").map(String.init) == lines.map { "<<\($0.1)>>" },
      "\(outcome.errors)")
  }
}
