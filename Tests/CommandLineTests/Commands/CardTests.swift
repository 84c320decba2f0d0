import Foundation
import Testing

/// Card and manifest tell what was done, and what was warned of.
@Suite struct CardTests {
  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 150, answers: 5, seed: 6).nested, to: "in.jsonl")
    return workspace
  }

  private func run(_ workspace: Workspace, _ settings: [String]) throws -> (
    card: String, calibration: [String: Any], manifest: [String: Any]
  ) {
    try workspace.succeed(
      ["run", "-q", "prep.yaml", "input.paths=[in.jsonl]", "output.overwrite=true"] + settings)
    let manifest = try workspace.object(in: "out/manifest.json")
    // Without line breaks, which are anywhere.
    let card = try workspace.text(of: "out/README.md").replacing("\n", with: " ")
    return (card, try #require(manifest["calibration"] as? [String: Any]), manifest)
  }

  @Test func aFitIsToldWithTheSettingsItHad() throws {
    let workspace = try workspace()
    let local = try run(
      workspace,
      [
        "calibration.scope=global", "calibration.frac=auto", "calibration.iterations=2",
        "calibration.characteristics=[{name: chars, alpha: auto}]",
      ])
    let removed = try #require(local.calibration["removed"] as? [[String: Any]])
    let curves = try #require(
      JSON.value(local.manifest, "diagnostics.curves") as? [[String: Any]])
    #expect(JSON.areSame(removed[0]["alpha"], curves[0]["alpha"]))
    #expect(JSON.areSame(removed[0]["frac"], JSON.value(curves[0], "smoothing.frac")))
    #expect(local.calibration["iterations"] as? Int == 2)
    let alpha = try #require(removed[0]["alpha"] as? Double)
    let frac = try #require(removed[0]["frac"] as? Double)
    #expect(local.card.contains("Of it \(alpha) was removed"))
    #expect(local.card.contains("frac \(frac), robust passes 2) over all candidates"))

    let mean = try run(workspace, ["calibration.method=mean", "calibration.scope=within_prompt"])
    #expect(mean.calibration["ratio"] as? Double == 4)
    #expect(mean.calibration["iterations"] == nil)
    #expect(mean.card.contains("among answers to the same prompt"))
    #expect(!mean.card.contains("frac"))

    let penalty = try run(workspace, ["calibration.method=penalty"])
    #expect(penalty.card.contains("no bias was estimated"))
    #expect(penalty.calibration["scope"] == nil)

    let none = try run(workspace, ["calibration.method=none"])
    #expect(none.calibration["source"] as? String == "none")
    #expect(none.calibration.count == 1)
    #expect(none.card.contains("The rewards were left as they came"))
    #expect(!none.card.contains("removed"))
  }

  @Test func aSavedCurveIsToldWithItsFileAndItsOwnSettings() throws {
    let workspace = try workspace()
    try workspace.succeed([
      "fit", "-q", "prep.yaml", "input.paths=[in.jsonl]", "-o", "curve.json",
      "calibration.frac=0.7", "calibration.iterations=1", "calibration.scope=global",
    ])
    let digest = String(try workspace.shell("sha256sum curve.json").output.prefix(64))
    for path in ["curve.json", "first/curve.json"] {
      let told = try run(
        workspace,
        [
          "calibration.curve=\(path)", "calibration.characteristics=[{name: chars, alpha: 0.25}]",
        ])
      #expect(told.calibration["source"] as? String == "file")
      #expect(JSON.value(told.calibration, "file.path") as? String == path)
      #expect(told.card.contains("frac 0.7, iterations 1"))
      #expect(!told.card.contains("frac 0.3"))
      #expect(told.card.contains("was not estimated from these rewards"))
      #expect(told.card.contains("Of it 0.25 was removed"))
      for name in ["frac", "iterations", "scope", "method"] {
        #expect(JSON.value(told.manifest, "config.calibration.\(name)") == nil, "\(name)")
      }
      guard path == "curve.json" else { continue }
      #expect(JSON.value(told.calibration, "file.sha256") as? String == digest)
      #expect(told.card.contains(digest))
      #expect(JSON.value(told.calibration, "file.fit.calibration.frac") as? Double == 0.7)
      // What a run saves of it tells where it came from, too.
      #expect(try workspace.shell("mv out first").status == 0)
    }
  }

  @Test(arguments: [1, 4])
  func warningsAreInAllDocuments(threads: Int) throws {
    let workspace = try Workspace()
    let text = Generations(prompts: 40, answers: 3, seed: 6).nested
    try workspace.write("{\n" + text + "[]\n", to: "in.jsonl")
    let outcome = try workspace.succeed([
      "run", "prep.yaml", "input.paths=['\(workspace.path)/in.jsonl']", "input.on_error=skip",
      "calibration.frac=0.1", "--json", "run.threads=\(threads)",
    ])
    let summary = try JSON.object(outcome.output)
    let manifest = try workspace.object(in: "out/manifest.json")
    let warnings = try #require(summary["warnings"] as? [[String: Any]])
    #expect(JSON.areSame(warnings, manifest["warnings"]))
    let codes = warnings.compactMap { $0["code"] as? String }
    #expect(codes.count == warnings.count)
    #expect(Array(codes.prefix(2)) == codes.prefix(2).sorted())
    #expect(warnings.prefix(2).map { $0["line"] as? Int } == [1, 42])
    #expect(warnings[0]["file"] as? String == "in.jsonl")
    #expect(codes.contains("weak_curve"))
    let card = try workspace.text(of: "out/README.md")
    #expect(card.contains("## Warnings\n\n- in.jsonl:1"))
    let report = try workspace.text(of: "out/report.html")
    #expect(report.contains("<h2>Warnings</h2>"))
    for warning in warnings {
      let message = try #require(warning["message"] as? String)
      #expect(outcome.errors.contains("warning: \(message)"))
      #expect(report.contains(message.prefix(30).replacing("<", with: "&lt;")))
    }
    #expect(card.components(separatedBy: "\n- ").count > warnings.count)
  }

  @Test func withoutWarningsNothingIsSaid() throws {
    let workspace = try workspace()
    let told = try run(workspace, ["calibration.method=none"])
    #expect((told.manifest["warnings"] as? [Any])?.isEmpty == true)
    #expect(!told.card.contains("## Warnings"))
  }
}
