import Foundation
import Testing
import Text

/// Figures that are drawn with characters.
@Suite struct PlotTests {
  private static func isFigure(_ text: String) -> Bool {
    text.contains("Bias of the reward by chars") && text.contains("Longer answer chosen")
  }

  @Test func pipesAndJSONHaveFiguresOnlyIfAsked() throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 60).nested, to: "in.jsonl")
    let run = ["run", "prep.yaml", "input.paths=[in.jsonl]", "output.overwrite=true"]
    #expect(!Self.isFigure(try workspace.succeed(run).output))
    #expect(!Self.isFigure(try workspace.succeed(["inspect", "in.jsonl"]).output))
    for command in [run, ["inspect", "in.jsonl"], run + ["--dry-run"]] {
      let text = try workspace.succeed(command + ["--plot"]).output
      #expect(Self.isFigure(text))
      let figure = try #require(text.components(separatedBy: "Bias of").last)
      #expect(figure.split(separator: "\n").allSatisfy { $0.cellWidth <= 80 })
    }
    _ = try JSON.object(try workspace.succeed(["inspect", "in.jsonl", "--plot", "--json"]).output)
  }

  @Test func theLocaleDecidesOnTheCharacters() throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 60).nested, to: "in.jsonl")
    for (locale, isPlain) in [
      ("LC_ALL=C.UTF-8", false), ("LC_ALL= LC_CTYPE= LANG=de_DE.utf8", false), ("LC_ALL=C", true),
      ("LC_ALL= LC_CTYPE=POSIX LANG=C.UTF-8", true),
    ] {
      let outcome = try workspace.shell("\(locale) \"$DPO_PREP\" inspect --plot in.jsonl")
      let figure = try #require(outcome.output.components(separatedBy: "Bias of").last)
      #expect(figure.allSatisfy(\.isASCII) == isPlain, "\(locale)")
    }
  }

  /// On a terminal nothing is wider than it is, and figures come by themselves.
  @Test(arguments: [40, 80, 200])
  func everythingFitsTheTerminal(columns: Int) throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 60).nested, to: "in.jsonl")
    let name = String(repeating: "日本語-", count: 20) + "2.jsonl"
    try workspace.write(Generations(prompts: 30, answers: 4).nested, to: name)
    try workspace.succeed(["run", "-q", "prep.yaml", "input.paths=[in.jsonl]"])
    for (command, plots) in [
      ("inspect -q '\(name)'", true), ("inspect -q --no-plot in.jsonl", false),
      ("run --no-progress prep.yaml 'input.paths=[in.jsonl]' output.dir=two --plot", true),
      ("audit -q out", false), ("validate -q out", false),
    ] {
      // A terminal of its own, whose size COLUMNS tells.
      let outcome = try workspace.shell(
        "COLUMNS=\(columns) LC_ALL=C.UTF-8 script -qec \"$DPO_PREP \(command) 2>/dev/null\" /dev/null"
      )
      let lines = outcome.output.split(whereSeparator: \.isNewline)
      #expect(outcome.status == 0 && lines.count > 1)
      #expect(lines.allSatisfy { $0.cellWidth <= columns }, "\(command)\n\(outcome.output)")
      #expect(outcome.output.contains("share of candidates") == plots)
    }
  }
}
