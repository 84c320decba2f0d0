import Foundation
import TestSupport
import Testing

/// A run that is cut short leaves the old dataset or the new one, and the next run cleans up.
@Suite(.serialized) struct InterruptTests {
  /// Some megabytes, and the two datasets that runs may leave.
  private struct Scene {
    let workspace: Workspace
    let old: [String: [UInt8]]
    let new: [String: [UInt8]]
    /// Seconds that a whole run takes.
    let duration: Double

    init() throws {
      workspace = try Workspace()
      for (index, text) in Generations(prompts: 1_500, seed: 9).scattered.enumerated() {
        try workspace.write(text, to: "in/\(index).jsonl")
      }
      try workspace.succeed(Self.run(into: "old", ["calibration.method=none"]))
      let start = ContinuousClock.now
      try workspace.succeed(Self.run(into: "new"))
      duration = (ContinuousClock.now - start) / .seconds(1)
      old = try workspace.contents(of: "old/data")
      new = try workspace.contents(of: "new/data")
    }

    static func run(into folder: String, _ settings: [String] = []) -> [String] {
      ["run", "-q", "prep.yaml", "input.paths=[in]", "output.dir=\(folder)"] + settings
    }
  }

  /// Resamples may take minutes, and are given up at once.
  @Test func evaluationsEndSoon() throws {
    let workspace = try Workspace()
    let samples = Program.checkout + "/samples/evaluation"
    for arguments in [
      ["rewardbench", samples + "/rewardbench.jsonl.zst"],
      ["alpacaeval", samples + "/leaderboard.jsonl.zst", "--baseline", "heron-7b"],
    ] {
      let run = try workspace.start(["evaluate"] + arguments + ["--resamples", "100000"])
      Thread.sleep(forTimeInterval: 1.5)
      run.send(SIGINT)
      let outcome = try run.wait()
      #expect(outcome.status == 130 && outcome.output.isEmpty)
      #expect(!outcome.errors.contains("in the middle of a step"), "\(outcome.errors)")
    }
  }

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGKILL, 137)] as [(Int32, Int32)])
  func atAnyMoment(signal: Int32, status: Int32) throws {
    let scene = try Scene()
    let workspace = scene.workspace
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    var cutShort = 0
    for round in 0..<10 {
      let replaces = round % 2 == 0
      let prepared = try workspace.shell(
        "rm -rf out out.partial*" + (replaces ? "; cp -r old out" : ""))
      #expect(prepared.status == 0)
      let run = try workspace.start(Scene.run(into: "out", ["output.overwrite=\(replaces)"]))
      Thread.sleep(forTimeInterval: Double.random(in: 0...scene.duration, using: &random))
      run.send(signal)
      let outcome = try run.wait()

      let comment: Comment = "seed \(seed), round \(round), status \(outcome.status)"
      #expect(outcome.status == status || outcome.status == 0, comment)
      if outcome.status != 0 { cutShort += 1 }
      let found = workspace.exists("out") ? try workspace.contents(of: "out/data") : nil
      if outcome.status == 0 {
        #expect(found == scene.new, comment)
      } else if replaces {
        // The exchange may have been done just before the end.
        #expect(found == scene.old || found == scene.new, comment)
      } else {
        #expect(found == nil || found == scene.new, comment)
      }
      if found != nil {
        #expect(workspace.exists("out/manifest.json") && workspace.exists("out/README.md"), comment)
      }
      if signal != SIGKILL, outcome.errors.contains("interrupted") {
        #expect(try workspace.litter().isEmpty, comment)
      }
    }
    #expect(cutShort > 0, "seed \(seed)")

    try workspace.succeed(Scene.run(into: "out", ["output.overwrite=true"]))
    #expect(try workspace.litter().isEmpty)
    #expect(try workspace.contents(of: "out/data") == scene.new)
  }

  @Test func litterOfADeadRunGoesWithTheNext() throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 20).nested, to: "in.jsonl")
    let made = try workspace.shell("mkfifo pipe")
    #expect(made.status == 0)
    // It waits for data, and is killed.
    let dead = try workspace.start(
      "/bin/sh",
      ["-c", "exec '\(Program.path)' run -q prep.yaml 'input.paths=[-]' 0<>pipe"])
    var waited = 0.0
    while try workspace.litter().isEmpty, waited < 20 {
      Thread.sleep(forTimeInterval: 0.05)
      waited += 0.05
    }
    Thread.sleep(forTimeInterval: 0.2)
    dead.send(SIGKILL)
    #expect(try dead.wait().status == 137)
    let litter = try workspace.litter()
    #expect(litter.count == 1)
    try workspace.write("precious", to: "out.partial-2024/notes.txt")

    // A run that reads nothing removes nothing.
    let failed = try workspace.dpoPrep(["run", "-q", "prep.yaml", "input.paths=[missing.jsonl]"])
    #expect(failed.status == 66)
    #expect(try workspace.litter() == (litter + ["out.partial-2024"]).sorted())
    try workspace.succeed(["run", "-q", "prep.yaml", "input.paths=[in.jsonl]"])
    #expect(try workspace.names() == ["in.jsonl", "out", "out.partial-2024", "pipe"])
  }

  /// One interrupt ends a wait for a stream that never ends.
  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
  func whileWaitingForStandardInput(signal: Int32, status: Int32) throws {
    let workspace = try Workspace()
    let made = try workspace.shell("mkfifo pipe")
    #expect(made.status == 0)
    // Opened for both, a FIFO neither blocks nor ends.
    let run = try workspace.start(
      "/bin/sh",
      [
        "-c", "exec '\(Program.path)' run -q prep.yaml 'input.paths=[-]' 0<>pipe",
      ])
    var waited = 0.0
    while try workspace.litter().isEmpty, waited < 20 {
      Thread.sleep(forTimeInterval: 0.05)
      waited += 0.05
    }
    run.send(signal)
    #expect(try run.wait(timeout: 10).status == status)
    #expect(try workspace.names() == ["pipe"])
  }
}
