import Emit
import Foundation
import JSON
import Job
import Records
import Settings
import Testing
import Work

@testable import Arguments
@testable import Terminal
@testable import Views
@testable import dpo_prep

/// What is told of a dataset can be kept as JSON and finished later, without the loss of a byte.
@Suite struct RunDocumentsTests {
  private struct Silence: ProgressSink, DiagnosticSink {
    func begin(_ stage: String, total: Int) {}
    func update(_ done: Int) {}
    func end() {}
    func report(_ diagnostic: Diagnostic) {}
  }

  /// The documents of a dataset, finished by way of JSON, all else done as `run` does it.
  private func finished(
    _ configuration: Configuration, timings: [(stage: String, seconds: Double)]
  ) throws -> [String: [UInt8]] {
    let sink = Silence()
    let log = WarningLog(sink)
    let folder = try DatasetFolder(target: configuration.output.dir, overwrites: false)
    defer { folder.discard() }
    let input = try PreparedInput(
      FoundInput(configuration.input.paths, streamFolder: folder.path), configuration)
    input.account.warnings.forEach(log.report)
    let labels = try LabelStage(configuration: configuration, printer: log)
    var observer = ScanStage.Observer(
      printer: log, rejects: [RejectsFile(folder: folder.path, nameOf: configuration.publishedPath)]
    )
    let scan = try ScanStage(configuration, printer: log, progress: sink)
      .run(input, observer: &observer)
    var stopwatch = Stopwatch()
    let plan = try Planning(configuration, labels: labels, log: log, progress: sink).run(
      input.account, scan, exampleCount: RunReport.exampleCount,
      stopwatch: &stopwatch)
    let written = try WriteStage(configuration, progress: sink).run(input, plan, folder: folder)
    let dataset = WrittenDataset(
      layout: plan.layout, tables: written.tables, rejects: try observer.rejects[0].finish(),
      examples: written.examples, timings: timings)

    let document = RunDocuments(plan).document.document
    let documents = try #require(
      JSONValue(document: document, isOurs: true).flatMap { RunDocuments($0, configuration) })
    #expect(documents.document.document == document)
    var contents = [
      Manifest.name: documents.manifest(dataset, []),
      "summary": documents.summary(dataset).compact,
    ]
    for (name, bytes) in try documents.files(dataset) { contents[name] = bytes }
    return contents
  }

  /// The documents by way of JSON are those that the program writes.
  @Test(arguments: [
    ["calibration.scope=within_prompt", "input.on_error=skip"],
    [
      "calibration.characteristics=[{name: chars, alpha: auto}]", "split.test=0.3",
      "output.profiles=[trl, kto]", "output.shard_rows=30", "calibration.intervals=false",
      "output.license=mit",
    ],
    ["report.html=false", "calibration.method=none"],
  ])
  func jsonLosesNothing(settings: [String]) throws {
    let workspace = try Workspace()
    let isSkipping = settings.contains("input.on_error=skip")
    try workspace.write(
      Generations(prompts: 120).nested + (isSkipping ? "{broken\n" : ""), to: "in.jsonl")
    let here = FileManager.default.currentDirectoryPath
    let source = ConfigurationSource(
      path: workspace.path + "/prep.yaml",
      overrides: [
        "input.paths=['\(workspace.path)/in.jsonl']", "output.dir='\(workspace.path)/out'",
        // So little that no text is kept, as it is not here.
        "run.memory=256MiB",
      ] + settings)
    // From the folder that this process is in, as documents tell paths from there.
    let outcome = try Running(
      Program.path, ["run", "--json", source.path ?? ""] + source.overrides, in: here, input: nil
    ).wait()
    try #require(outcome.status == 0, "\(outcome.errors)")
    let summary = try #require(JSONValue(document: Array(outcome.output.utf8)))
    let manifest = try #require(
      JSONValue(document: try workspace.read("out/manifest.json")))
    let timings = try #require(manifest["timings"]?.members).map {
      (stage: String(decoding: $0.name, as: UTF8.self), seconds: $0.value.number ?? .nan)
    }
    try FileManager.default.moveItem(
      atPath: workspace.path + "/out", toPath: workspace.path + "/theirs")

    let ours = try finished(try source.load().configuration, timings: timings)
    for name in ["README.md", "report.html"] {
      let expected =
        workspace.exists("theirs/" + name) ? try workspace.read("theirs/" + name) : nil
      #expect(ours[name] == expected, "\(name)")
    }
    #expect(ours["summary"] == summary.compact)
    // The digests of other files, and so that of the manifest, are no part of what was kept.
    let own = try #require(ours[Manifest.name].flatMap { JSONValue(document: $0) }?.members)
    #expect(own.map(\.name) == manifest.members?.map(\.name))
    for member in own {
      let name = String(decoding: member.name, as: UTF8.self)
      guard name != "files", name != "manifest_sha256" else { continue }
      #expect(member.value == manifest[name], "\(name)")
    }
  }

  @Test(arguments: [
    ("{}", false), (#"{"manifest": {}, "summary": {}, "card": "c", "report": {}}"#, false),
    (#"{"manifest": {}, "summary": [], "card": "c", "report": null}"#, false),
    (#"{"manifest": {}, "summary": {}, "card": "c", "report": null}"#, true),
  ])
  func anotherDocumentIsNone(text: String, isOne: Bool) throws {
    let configuration = try ConfigurationSource(
      overrides: ["input.paths=[a]", "output.dir=b"]
    ).load().configuration
    let document = try #require(JSONValue(document: Array(text.utf8)))
    #expect((RunDocuments(document, configuration) != nil) == isOne)
  }
}
