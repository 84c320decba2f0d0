import Foundation
import Testing

/// What happens to a job when processes end, files change and steps come too early.
@Suite struct JobFaultTests {
  private func job() throws -> JobCase { try JobCase(Generations(prompts: 40).scattered) }

  /// When the receipts of a job were written.
  private func receipts(_ job: JobCase) throws -> [String: Date] {
    let folder = job.workspace.path + "/JOB/"
    var dates: [String: Date] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder)
    where name.hasSuffix(".json") && !name.hasPrefix("failures/") {
      dates[name] =
        try FileManager.default.attributesOfItem(atPath: folder + name)[.modificationDate] as? Date
    }
    return dates
  }

  @Test func killedAndRunAgain() throws {
    let job = try job()
    for (number, signal) in [SIGKILL, SIGTERM, SIGINT, SIGKILL, SIGTERM].enumerated() {
      let before = try receipts(job)
      let running = try job.start("run", "--workers", "2")
      usleep(UInt32(50_000 + 90_000 * number))
      running.send(signal)
      let outcome = try running.wait()
      #expect([0, 128 + signal].contains(outcome.status), "\(outcome.errors)")
      for (name, date) in before { #expect(try receipts(job)[name] == date, "\(name)") }
    }
    #expect(try job.job("run").status == 0)
    let done = try receipts(job)
    #expect(try job.job("run").status == 0)
    #expect(try receipts(job) == done)
    // Tasks of a killed `job run` go on by themselves for a moment.
    usleep(500_000)
    _ = try job.job("run")
    try job.expectSame()
  }

  /// Tasks that a stopped `job run` has begun end with it, and leave nothing.
  @Test func stoppedWithItsTasks() throws {
    let job = try job()
    let running = try job.start("run", "--workers", "3")
    usleep(150_000)
    running.send(SIGTERM)
    _ = try running.wait()
    let before = try receipts(job)
    usleep(300_000)
    #expect(try receipts(job) == before)
    let below = try FileManager.default.subpathsOfDirectory(atPath: job.workspace.path)
    #expect(!below.contains { $0.contains(".partial") })
  }

  /// What the configuration says of the bytes holds for an input of a job, too.
  @Test func inputThatIsNotTheExpectedOne() throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 5).nested, to: "in.jsonl")
    let digest = try workspace.shell("sha256sum in.jsonl").output.prefix(64)
    for (number, expected) in [String(digest), String(repeating: "0", count: 64)].enumerated() {
      try workspace.succeed([
        "job", "init", "prep.yaml", "JOB\(number)", "input.paths=[in.jsonl]",
        "input.stream_sha256='\(expected)'",
      ])
      let outcome = try workspace.dpoPrep(["job", "measure", "JOB\(number)"])
      #expect(outcome.status == (number == 0 ? 0 : 65), "\(outcome.errors)")
    }
  }

  @Test func stepsThatComeTooEarly() throws {
    let job = try job()
    for step in ["plan", "extract", "assemble", "finish"] {
      #expect(try job.job(step).status == 75, "\(step)")
    }
    #expect(try job.job("measure").status == 0)
    #expect(try job.job("extract", "0").status == 75)
    #expect(try job.job("measure", "4").status == 64)
    // To come too early is no failure that anybody has to look at.
    #expect(!job.workspace.exists("JOB/failures"))
    #expect(try job.job("run").status == 0)
    try job.expectSame()
  }

  @Test func changedInput() throws {
    let job = try job()
    let file = "in/part-2.jsonl"
    let text = try job.workspace.text(of: file)
    #expect(try job.job("measure").status == 0)
    #expect(try job.job("plan").status == 0)
    let changes = [
      text.replacing("Question", with: "Puestion"), text + "\n\n", String(text.dropLast(400)),
    ]
    for changed in changes {
      try job.workspace.write(changed, to: file)
      let outcome = try job.job("run")
      #expect(outcome.status == 65)
      #expect(outcome.errors.contains("not what it was when the job was made"), "\(outcome.errors)")
      let status = try job.workspace.succeed(["job", "status", "JOB"]).output
      #expect(status.contains("failed: extract 2 (in/part-2.jsonl)"), "\(status)")
      #expect(!job.workspace.exists("out"))
    }
    try job.workspace.write(text, to: file)
    #expect(try job.job("run").status == 0)
    try job.expectSame()
  }

  /// A job is for one configuration and one list of inputs.
  @Test func anotherJob() throws {
    let job = try job()
    let other = try job.workspace.dpoPrep(
      ["job", "init", "prep.yaml", "JOB", "input.paths=[in]", "filters.min_chars=9"])
    #expect(other.status == 73, "\(other.errors)")
    let stream = try job.workspace.dpoPrep(["job", "init", "prep.yaml", "S", "input.paths=[-]"])
    #expect(stream.status == 65, "\(stream.errors)")
    #expect(try job.job("measure").status == 0)
    try job.workspace.succeed(["job", "init", "prep.yaml", "OTHER", "input.paths=[in]"])
    try job.workspace.write(try job.workspace.read("OTHER/job.json"), to: "JOB/job.json")
    #expect(try job.job("run").status == 73)
    let edited = try job.workspace.text(of: "JOB/job.json").replacing("42", with: "43")
    try job.workspace.write(edited, to: "JOB/job.json")
    #expect(try job.job("run").status == 65)
  }

  /// A file that is cut or gone is made again; one with other bytes is told, with a remedy that
  /// works.
  @Test(arguments: [
    "columns/00001.parquet", "columns/00001.json", "plan/plan.json", "plan/dataset/curve.json",
    "plan/inputs/00001.parquet", "plan/outputs/00000.parquet", "texts/00001.blocks",
    "texts/00001.json", "outputs/receipts/00000.json",
  ])
  func damaged(file: String) throws {
    let job = try job()
    let path = "JOB/" + file
    for step in JobCase.steps.dropLast() where !job.workspace.exists(path) {
      #expect(try job.job(step).status == 0)
    }
    var bytes = try job.workspace.read(path)
    bytes[bytes.count / 2] ^= 1
    try job.workspace.write(bytes, to: path)
    let outcome = try job.job("run")
    if outcome.status == 0 {
      // The byte was one that nothing rests on.
      try job.expectSame(file)
      return
    }
    #expect(outcome.status == 65, "\(outcome.errors)")
    #expect(!job.workspace.exists("out"))
    #expect(outcome.errors.contains("remove the f"), "\(outcome.errors)")
    let removed =
      outcome.errors.contains("remove the folder plan") ? "JOB/plan" : path
    try FileManager.default.removeItem(atPath: job.workspace.path + "/" + removed)
    let again = try job.job("run")
    #expect(again.status == 0, "\(again.errors)")
    try job.expectSame(file)
  }
}
