import TestSupport
import Testing

/// What terminals and browsers obey never reaches them from names, paths and values of data.
@Suite struct HostileTextTests {
  /// Controls, C1, marks of direction, separators, and what is markup where it is not escaped.
  private static let hostile =
    "x\u{1B}[31m\u{7}\u{8}\u{9B}2J\u{85}\u{202E}\u{2066}\u{200F}\u{61C}\u{2028}\u{2029}\u{7F}\r"
    + "<script>alert(1)</script>[l](https://e.x)`*|"

  /// The same as JSON, with the surrogates that a text cannot hold.
  private static let json =
    "x\\u001b[31m\\u0007\\u0008\\u009b2J\\u0085\\u202e\\u2066\\u200f\\u061c\\u2028\\u2029\\u007f"
    + "\\r\\n\\ud800<script>alert(1)</script>[l](https://e.x)`*|"

  private static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A: false
    case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  private static func expectClean(_ outcome: Outcome, _ command: [String]) {
    for (stream, text) in [("output", outcome.output), ("errors", outcome.errors)] {
      let found = text.unicodeScalars.filter(isObeyed).map { String($0.value, radix: 16) }
      #expect(found.isEmpty, "\(command.first ?? ""): \(stream) has \(Set(found)): \(command)")
    }
  }

  private static func scene() throws -> Workspace {
    let workspace = try Workspace()
    let hostile = json
    let rows = (0..<30).map { number in
      let texts = (0..<3).map { "\"\(hostile) \($0) \(String(repeating: "w ", count: number))\"" }
      return "{\"prompt\": \"p\(number) \(hostile)\", \"source\": \"\(hostile)\", "
        + "\"model\": [\"\(hostile)\", \"b\", \"c\"], \"all_rm_scores\": [1, \(number % 5), 3], "
        + "\"all_generated_responses\": [\(texts.joined(separator: ", "))], \"\(hostile)\": 1}\n"
    }
    try workspace.write(rows.joined(), to: "in.jsonl")
    try workspace.write("{\"\(hostile)\": \"\(hostile)\"}\n", to: "fields.jsonl")
    try workspace.write(
      "{\"prompt\": \"p\", \"response\": \"a\", \"reward\": \"\(hostile)\"}\n", to: "value.jsonl")
    try workspace.write(
      "{\"prompt\": [{\"role\": \"\(hostile)\", \"content\": 1}], \"response\": \"a\", \"reward\": 1}\n",
      to: "role.jsonl")
    try workspace.write(
      "{\"prompt\": \"p\", \"response\": \"a\", \"reward\": 1", to: Self.hostileName)
    try workspace.write("\(Self.hostile): 1\n", to: "config.yaml")
    try workspace.write(
      "{\"id\": 1, \"subset\": \"\(hostile)\", \"model\": \"\(hostile)\", \"text_chosen\": \"a\", "
        + "\"text_rejected\": \"bb\", \"scores_chosen\": 1, \"scores_rejected\": \"\(hostile)\"}\n"
        + "{\"id\": 2, \"subset\": \"\(hostile)\", \"model\": \"\(hostile)\", \"text_chosen\": \"a\", "
        + "\"text_rejected\": \"bb\", \"scores_chosen\": 1, \"scores_rejected\": 0}\n",
      to: "bench.jsonl")
    try workspace.write(
      "{\"format\": \"dpo-prep curve\", \"version\": 1, \"curves\": [{\"characteristic\": "
        + "\"\(hostile)\", \"alpha\": 1, \"coefficient\": 1}]}", to: "curve.json")
    for (name, method) in [("a", "lwr"), ("b", "none")] {
      try workspace.succeed([
        "run", "-q", "prep.yaml", "input.paths=[in.jsonl]", "output.dir=\(name)",
        "output.keep=[source, model]", "calibration.method=\(method)",
      ])
    }
    return workspace
  }

  /// A file's name cannot hold a slash.
  private static let hostileName = hostile.split(separator: "/").joined() + ".jsonl"

  private static let commands: [[String]] = [
    ["inspect", "in.jsonl"], ["inspect", "fields.jsonl"], ["inspect", "value.jsonl"],
    ["inspect", "role.jsonl"], ["inspect", hostileName], ["inspect", hostile],
    ["inspect", "in.jsonl", "--field", "reward=\(hostile)"], [hostile], ["run", "--\(hostile)"],
    ["run", hostile], ["run", "config.yaml"], ["run", "prep.yaml", "output.dir=\(hostile)"],
    ["run", "prep.yaml", "\(hostile)=1"], ["run", "prep.yaml", "pairs.strategy=\(hostile)"],
    ["run", "prep.yaml", "input.paths=[in.jsonl]", "calibration.curve=curve.json"],
    ["run", "prep.yaml", "input.paths=[value.jsonl]", "input.on_error=skip"],
    ["fit", "prep.yaml", "input.paths=[in.jsonl]", "--out", "no/\(hostileName)"],
    ["score", "in.jsonl", "-o", "s.jsonl"], ["score", "in.jsonl", "-o", hostile],
    ["score", hostileName, "-o", "s.jsonl"],
    ["run", "in.jsonl", "--dry-run"],
    ["config", "check", "prep.yaml", "input.paths=[value.jsonl]"],
    ["validate", "a"], ["validate", "in.jsonl"], ["validate", hostile], ["validate", hostileName],
    ["audit", "a"], ["audit", "a", "--by", "source"], ["audit", "a", "--by", hostile],
    ["audit", "a", "--fail-if", hostile], ["diff", "a", "b"], ["diff", "a", "b", "--markdown"],
    ["diff", "a", hostile], ["evaluate", "rewardbench", "bench.jsonl"],
    ["evaluate", hostile], ["config", "check", "config.yaml"], ["help", hostile],
  ]

  @Test func noCommandPassesItOn() throws {
    let workspace = try Self.scene()
    for command in Self.commands { Self.expectClean(try workspace.dpoPrep(command), command) }
  }

  @Test func markdownAndPagesHaveNoMarkupOfData() throws {
    let workspace = try Self.scene()
    let markdown = try workspace.dpoPrep(["diff", "a", "b", "--markdown"])
    #expect(markdown.status == 1)
    #expect(!markdown.output.contains("<script"))
    _ = try workspace.dpoPrep(["diff", "a", "b", "--html", "diff.html"])
    _ = try workspace.dpoPrep(["audit", "a", "--html", "audit.html"])
    _ = try workspace.dpoPrep(
      ["evaluate", "rewardbench", "bench.jsonl", "--html", "bench.html"])
    for page in ["diff.html", "audit.html", "bench.html", "a/report.html"] {
      let text = try workspace.text(of: page)
      #expect(!text.contains("<script>alert"), "\(page)")
      #expect(!text.unicodeScalars.contains { $0 != "\t" && Self.isObeyed($0) }, "\(page)")
    }
    #expect(!(try workspace.text(of: "a/README.md")).contains("<script"))
  }
}
