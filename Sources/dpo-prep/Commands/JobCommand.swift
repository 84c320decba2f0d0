internal import Arguments
internal import Emit
internal import Glibc
internal import Ingest
internal import JSON
internal import Job
internal import Records
internal import Settings
internal import Terminal
internal import Views
internal import Work

/// `job`: the steps of `run` one by one, with files between them.
struct JobCommand {
  let options: JobOptions
  let reporting: Reporting

  func run() throws {
    let folder = JobFolder(options.folder)
    switch options.action {
    case .initialize:
      let configuration = try options.source.load().configuration
      let job = try JobDescription(configuration)
      try job.write(to: folder)
      tell("\(options.folder): \(Quantity.count(job.inputs.count, "input"))")
    case .all: try JobRun(folder, options, reporting: reporting).run()
    case .status: try showStatus(worker(folder))
    default:
      // Counts from the folder in which the command was typed, not from the job's.
      let copy = try options.inputCopy.map(absolute)
      try perform(worker(folder), copy: copy)
    }
  }

  private func worker(_ folder: JobFolder) throws -> JobWorker {
    let worker = try JobWorker(
      folder, threads: options.threads, printer: reporting.printer, progress: reporting.meter())
    try enter(worker.job.base)
    return worker
  }

  /// Goes to the folder that the job's paths count from.
  private func enter(_ base: String) throws {
    guard chdir(base) == 0 else {
      throw JobError(
        .noInput, "the folder in which the job was made is not on this machine", at: base,
        hint: "paths of the job count from it; see that all workers have it")
    }
  }

  private func perform(_ worker: JobWorker, copy: String?) throws {
    switch options.action {
    case .measure:
      try each(of: worker.job.inputs.count, "measured") { try worker.measure($0, copy: copy) }
    case .extract:
      try each(of: worker.job.inputs.count, "extracted") { try worker.extract($0, copy: copy) }
    case .assemble:
      try each(of: try worker.outputCount(), "assembled") { try worker.assemble($0) }
    case .plan:
      let count = worker.job.configuration.report.html ? RunReport.exampleCount : 0
      let isNew = try worker.plan(exampleCount: count) { RunDocuments($0).document }
      tell(
        isNew
          ? "planned: \(Quantity.count(try worker.outputCount(), "data file"))" : "planned before")
    case .finish:
      let isNew = try worker.finish { document in
        guard let documents = RunDocuments(document, worker.job.configuration) else {
          throw JobError(
            .damaged, "the plan is not what `job plan` wrote", at: worker.folder.path,
            hint: "remove the folder plan and run `job plan` again")
        }
        return documents
      }
      tell(
        isNew
          ? "\(worker.job.configuration.output.dir): the dataset is there" : "finished before")
    case .initialize, .all, .status: break
    }
  }

  /// Does those of many tasks that the command line or the environment names.
  private func each(of count: Int, _ done: String, _ work: (Int) throws -> Bool) throws {
    let numbers: [Int] =
      switch options.tasks {
      case .one(let number): [number]
      case .share(let rank, let workers): Array(stride(from: rank, to: count, by: workers))
      case .automatic: try taskOfArray().map { [$0] } ?? Array(0..<count)
      }
    guard options.inputCopy == nil || numbers.count == 1 else {
      throw UsageError(
        .unexpectedValue, "\"--input\" is the copy of one input",
        hint: "name its number: dpo-prep job \(options.action.rawValue) JOB NUMBER --input FILE")
    }
    var new = 0
    for number in numbers where try work(number) { new += 1 }
    tell("\(done): \(new) of \(numbers.count), \(numbers.count - new) before")
  }

  private func taskOfArray() throws -> Int? {
    guard let text = getenv("SLURM_ARRAY_TASK_ID").map({ String(cString: $0) }) else { return nil }
    guard let number = Int(text), number >= 0 else {
      throw UsageError(
        .invalidValue, "SLURM_ARRAY_TASK_ID is \"\(text)\", not a number from 0 on",
        hint: "let the array begin at 0: --array=0-N")
    }
    return number
  }

  private func absolute(_ path: String) throws -> String {
    guard let whole = realpath(path, nil) else {
      throw JobError(
        .noInput, "no such file", at: path,
        hint: WorkingFolder.hint("correct --input", forMissing: path))
    }
    defer { free(whole) }
    return String(cString: whole)
  }

  private func tell(_ line: String) {
    if !reporting.isQuiet { StderrPrinter.write(ShownText(line: line) + "\n") }
  }

  private func showStatus(_ worker: JobWorker) throws {
    let status = try worker.status()
    if options.printsJSON {
      try StandardStream.output.write(status.document)
    } else {
      try StandardStream.output.write(ShownText(status.text))
    }
  }
}
