import Foundation
import TestSupport
import Testing

/// What the README says to type can be typed.
///
/// `scripts/quickstart.sh` and `scripts/test.sh` are what CI runs, `scripts/first-step.sh` types the
/// lines from pip to a trained step, and ``LoaderTests`` the Python.
@Suite struct ReadmeTests {
  /// Every line of the section "Use", one after the other in one folder.
  @Test func everyCommandOfUseRuns() throws {
    let readme = try String(contentsOfFile: "\(Program.checkout)/README.md", encoding: .utf8)
    let section = try #require(readme.components(separatedBy: "\n## Use\n").last)
    let block = try #require(section.components(separatedBy: "```sh\n").dropFirst().first)
    let commands = block.prefix(upTo: try #require(block.range(of: "```")).lowerBound)
      .split(separator: "\n").map(String.init)
    #expect(commands.count > 5)
    let workspace = try Workspace()
    try prepare(workspace)
    for command in commands {
      let done = try workspace.shell("PATH=$(dirname \"$DPO_PREP\"):$PATH\n\(command)")
      // `diff` says by 1 that there are differences.
      let expected: [Int32] = command.hasPrefix("dpo-prep diff") ? [0, 1] : [0]
      #expect(expected.contains(done.status), "\(command)\n\(done.output)\(done.errors)")
      if command.contains("> prep.yaml") {
        // What the reader fills in.
        try workspace.write(
          "input: {paths: [gens/*.jsonl.zst]}\noutput: {dir: out}\n",
          to: "prep.yaml")
      }
    }
  }

  /// The files that the commands name.
  private func prepare(_ workspace: Workspace) throws {
    let samples = "\(Program.checkout)/samples"
    let copied = try workspace.shell("mkdir gens && cp '\(samples)/nested.jsonl.zst' gens/")
    #expect(copied.status == 0)
    var random = SeededRandom(seed: 5)
    let models = ["gpt4_1106_preview", "first", "second", "third"]
    for model in models {
      let answers = (0..<60).map { number in
        let text = String(repeating: "word ", count: 1 + random.below(50))
        return #"{"instruction": "Do \#(number)", "output": "\#(text)", "score": "#
          + #"\#(Double(text.count) / 100 + random.normal()), "generator": "\#(model)"}"#
      }
      try workspace.write(
        "[" + answers.joined(separator: ",\n") + "]", to: "results/\(model)/model_outputs.json")
    }
    let scores = (0..<200).map { number in
      let texts = (0..<2).map { _ in String(repeating: "word ", count: 1 + random.below(50)) }
      return #"{"id": \#(number), "subset": "alpacaeval-easy", "text_chosen": "\#(texts[0])", "#
        + #""text_rejected": "\#(texts[1])", "scores_chosen": \#(random.normal()), "#
        + #""scores_rejected": \#(random.normal())}"#
    }
    try workspace.write("[" + scores.joined(separator: ",\n") + "]", to: "scores/model.json")
    try workspace.write("model,elo\nfirst,1\nsecond,2\nthird,3\n", to: "arena.csv")
  }
}
