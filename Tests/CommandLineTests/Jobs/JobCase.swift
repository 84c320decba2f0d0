import Foundation
import Testing

/// A workspace with a job, and the dataset that `run` makes of the same input.
struct JobCase {
  let workspace: Workspace
  /// The files of the dataset that `run` made.
  let expected: [String: [UInt8]]
  let inputCount: Int

  /// Intervals take long in programs that are built for tests.
  private static let settings = [
    "calibration.intervals=false", "output.shard_rows=20", "run.threads=2",
  ]

  /// - Parameter inputs: the texts of the input's files.
  init(_ inputs: [String], _ settings: [String] = []) throws {
    workspace = try Workspace()
    inputCount = inputs.count
    for (index, text) in inputs.enumerated() {
      try workspace.write(text, to: "in/part-\(index).jsonl")
    }
    let operands = ["prep.yaml", "input.paths=[in]"] + Self.settings + settings
    try workspace.succeed(["run", "-q"] + operands)
    expected = try Self.files(in: workspace)
    try FileManager.default.removeItem(atPath: workspace.path + "/out")
    try workspace.succeed(["job", "init", "prep.yaml", "JOB"] + operands.dropFirst())
  }

  /// Does a step, or one task of it.
  @discardableResult
  func job(_ step: String, _ rest: String...) throws -> Outcome {
    try workspace.dpoPrep(["job", step, "JOB", "-q"] + rest)
  }

  func start(_ step: String, _ rest: String...) throws -> Running {
    try workspace.start(["job", step, "JOB", "-q"] + rest)
  }

  /// Every task in the order of the steps.
  func tasks(of step: String) throws -> [[String]] {
    switch step {
    case "measure", "extract": return (0..<inputCount).map { ["\($0)"] }
    case "assemble":
      let status = try JSON.object(
        try workspace.succeed(["job", "status", "JOB", "--json"]).output)
      return ((status["outputs"] as? [Any]) ?? []).indices.map { ["\($0)"] }
    default: return [[]]
    }
  }

  static let steps = ["measure", "plan", "extract", "assemble", "finish"]

  /// Holds the job's dataset against that of `run`; nothing else may be left.
  func expectSame(_ comment: String = "") throws {
    let found = try Self.files(in: workspace)
    #expect(found.keys.sorted() == expected.keys.sorted(), "\(comment)")
    for (name, bytes) in expected { #expect(found[name] == bytes, "\(name) \(comment)") }
    let below = try FileManager.default.subpathsOfDirectory(atPath: workspace.path)
    #expect(!below.contains { $0.contains(".partial") }, "\(comment)")
    #expect(!below.contains { $0.contains("failures/") }, "\(comment)")
  }

  /// The files of a dataset; the manifest without its times, its memory and its own digest.
  private static func files(in workspace: Workspace) throws -> [String: [UInt8]] {
    var files = try workspace.contents(of: "out")
    var manifest = try workspace.object(in: "out/manifest.json")
    #expect(manifest.removeValue(forKey: "timings") != nil)
    #expect(manifest.removeValue(forKey: "memory") != nil)
    #expect(manifest.removeValue(forKey: "manifest_sha256") != nil)
    files["manifest.json"] = Array(
      try JSONSerialization.data(withJSONObject: manifest, options: .sortedKeys))
    return files
  }
}
