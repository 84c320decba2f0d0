import Foundation
import FoundationXML
import Testing

/// Reports as files: what they hold, and what they must not.
@Suite struct ReportTests {
  /// The text of a page, as a parser finds it that knows nothing of this project.
  private final class Page: NSObject, XMLParserDelegate {
    private(set) var elements: [String: Int] = [:]
    private(set) var text = ""

    init(_ bytes: [UInt8]) throws {
      super.init()
      let parser = XMLParser(data: Data(bytes))
      parser.delegate = self
      guard parser.parse() else {
        throw Unexpected(text: "not well-formed: \(String(describing: parser.parserError))")
      }
    }

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      elements[name, default: 0] += 1
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
  }

  private static func run(
    _ workspace: Workspace, _ generations: Generations, _ settings: String...
  ) throws {
    try workspace.write(generations.nested, to: "in.jsonl")
    try workspace.succeed(
      ["run", "prep.yaml", "-q", "input.paths=[in.jsonl]", "output.overwrite=true"] + settings)
  }

  @Test func runWritesAReportUnlessToldNotTo() throws {
    let workspace = try Workspace()
    try Self.run(workspace, Generations(prompts: 300))
    let page = try Page(try workspace.read("out/report.html"))
    for heading in [
      "Reward and length", "Pairs before and after", "From candidates to pairs",
      "Pairs that calibration changed", "Configuration", "Inputs",
    ] {
      #expect(page.text.contains(heading))
    }
    #expect(page.elements["svg"] ?? 0 >= 8)
    #expect(page.elements["article"] == 6)
    let data = try workspace.contents(of: "out/data")
    try Self.run(workspace, Generations(prompts: 300), "report.html=false")
    #expect(!workspace.exists("out/report.html"))
    #expect(try workspace.contents(of: "out/data") == data)
  }

  @Test func markupInAnswersStaysText() throws {
    let workspace = try Workspace()
    var generations = Generations(prompts: 40)
    let hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    for prompt in generations.prompts.indices {
      generations.prompts[prompt].text = "</h3><script>alert(\(prompt))</script>"
      for answer in generations.prompts[prompt].answers.indices {
        generations.prompts[prompt].answers[answer].text += hostile
      }
    }
    try Self.run(workspace, generations)
    try workspace.write(
      #"{"prompt": "<script>", "chosen": "<b>\#(hostile)", "rejected": "x", "source": "<i>"}"#,
      to: "other.jsonl")
    try workspace.succeed(["audit", "-q", "out", "--html", "audit.html"])
    _ = try workspace.dpoPrep(["diff", "-q", "out", "other.jsonl", "--html", "diff.html"])
    for file in ["out/report.html", "audit.html", "diff.html"] {
      let page = try Page(try workspace.read(file))
      #expect(page.elements["script"] == nil && page.elements["img"] == nil, "\(file)")
      #expect(page.elements["i"] == nil, "\(file)")
    }
    #expect(try Page(try workspace.read("out/report.html")).text.contains(hostile))
    #expect(try Page(try workspace.read("diff.html")).text.contains(hostile))
  }

  @Test func theSameInputGivesTheSameReport() throws {
    let workspace = try Workspace()
    let reports = try ["1", "2", "5"].map { threads in
      // Pairs are decided for 1,024 prompts at a time.
      try Self.run(workspace, Generations(prompts: 2500, seed: 9), "run.threads=\(threads)")
      let report = try workspace.text(of: "out/report.html")
      // The configuration is in the report, and there the threads differ.
      let cell = "<td class=\"text\" dir=\"auto\">"
      return report.replacing("run.threads</td>\(cell)\(threads)</td>", with: "")
    }
    #expect(reports[0] == reports[1] && reports[0] == reports[2])
  }

  /// Huge answers, many models with long names, many files: the page stays small.
  @Test func reportsStayBelowTwoMegabytes() throws {
    let workspace = try Workspace()
    let question = String(repeating: "&<> ", count: 5000)
    var lines: [[String]] = [[], [], []]
    for prompt in 0..<400 {
      for answer in 0..<3 {
        let text = String(repeating: "<&\\\"> \(answer) ", count: answer == 0 ? 8000 : 40)
        let name = String(repeating: "<model & \(prompt)\(answer)>", count: 100)
        let reward = Double((prompt * 7 + answer * 13) % 31)
        lines[prompt % 3].append(
          #"{"prompt": "\#(prompt) \#(question)", "response": "\#(text)", "reward": \#(reward), "#
            + #""model": "\#(name)", "source": "\#(name)"}"#)
      }
    }
    for (number, rows) in lines.enumerated() {
      try workspace.write(rows.joined(separator: "\n"), to: "in-\(number).jsonl")
    }
    try workspace.succeed([
      "run", "prep.yaml", "-q", "input.paths=[in-0.jsonl, in-1.jsonl, in-2.jsonl]",
      "output.keep=[model, source]", "pairs.strategy=max_second", "filters.dedup=false",
    ])
    #expect(try workspace.read("out/report.html").count < 2_000_000)
    #expect(try Page(try workspace.read("out/report.html")).text.contains("By source"))
    try workspace.succeed(["audit", "-q", "out", "--html", "audit.html"])
    #expect(try workspace.read("audit.html").count < 2_000_000)
    try workspace.write(
      try workspace.rows(of: "out")["train"]?.joined(separator: "\n") ?? "", to: "a.jsonl")
    let swapped = try workspace.text(of: "a.jsonl").replacing("\"rejected\":", with: "\"x\":")
      .replacing("\"chosen\":", with: "\"rejected\":").replacing("\"x\":", with: "\"chosen\":")
    try workspace.write(swapped, to: "b.jsonl")
    let outcome = try workspace.dpoPrep([
      "diff", "-q", "a.jsonl", "b.jsonl", "--html", "diff.html", "--examples", "50",
    ])
    #expect(outcome.status == 1)
    #expect(try workspace.read("diff.html").count < 2_000_000)
  }

  /// Inputs of one candidate length, one prompt, constant rewards and no bias at all have figures
  /// without numbers that are none.
  @Test(arguments: [
    ["calibration.method=none"], ["calibration.method=penalty"], ["calibration.method=mean"],
    ["calibration.characteristics=[chars, markdown]"], ["calibration.scope=within_prompt"],
  ])
  func degenerateInputsHaveReports(settings: [String]) throws {
    let workspace = try Workspace()
    for rewards in ["[1, 2]", "[-1e300, 1e300]", "[0.1, 0.1000000001]"] {
      try workspace.write(
        #"{"prompt": "p", "all_generated_responses": ["aa", "bb"], "all_rm_scores": \#(rewards)}"#,
        to: "in.jsonl")
      try workspace.succeed(
        ["run", "prep.yaml", "-q", "input.paths=[in.jsonl]", "output.overwrite=true"] + settings)
      let page = try Page(try workspace.read("out/report.html"))
      #expect(!page.text.contains("nan") && page.elements["svg"] ?? 0 > 2)
      let report = try workspace.text(of: "out/report.html")
      #expect(!report.contains("=\"nan") && !report.contains("inf"))
    }
  }

  @Test(.enabled(if: Program.python != nil, "set DPO_PREP_PYTHON to a Python"))
  func theNumbersOfFiguresAreThoseOfTheData() throws {
    let workspace = try Workspace()
    try Self.run(workspace, Generations(prompts: 2000, words: 200, seed: 4))
    let rows = try workspace.rows(of: "out").values.flatMap(\.self)
    try workspace.write(rows.joined(separator: "\n"), to: "data.jsonl")
    try workspace.succeed(["audit", "-q", "out", "--html", "audit.html"])
    let judged = try workspace.oracle("report.py", ["data.jsonl", "audit.html"])
    #expect(judged.status == 0, "\(judged.output)\(judged.errors)")
  }

  @Test func aReportThatCannotBeWrittenIsAnError() throws {
    let workspace = try Workspace()
    try workspace.write(#"{"prompt": "p", "chosen": "a", "rejected": "b"}"#, to: "a.jsonl")
    let outcome = try workspace.dpoPrep(["audit", "-q", "a.jsonl", "--html", "no/such/folder.html"])
    #expect([73, 74].contains(outcome.status))
    #expect(outcome.errors.contains("no/such/folder.html"))
  }
}
