internal import Emit
internal import Ingest
internal import JSON
package import Records
internal import Rows
internal import Settings
package import Work

/// Does tasks of a job in this process.
///
/// A task whose receipt is there is done and is not done again. All that tasks make is the same
/// the task that makes it, so that copies of a task that run at the same time do each other no harm.
package struct JobWorker {
  package let folder: JobFolder
  package let job: JobDescription
  /// The job's, but for what this machine decides.
  let configuration: Configuration
  let printer: any DiagnosticSink
  let progress: any ProgressSink

  /// - Parameter threads: how many threads work here; nil for what the configuration says.
  package init(
    _ folder: JobFolder, threads: Int? = nil, printer: any DiagnosticSink,
    progress: any ProgressSink
  ) throws {
    self.folder = folder
    self.printer = printer
    self.progress = progress
    job = try JobDescription(of: folder)
    var configuration = job.configuration
    try configuration.takeRunSettings(from: .process)
    if let threads { configuration.run.threads = threads }
    self.configuration = configuration
  }

  /// Does a task, unless it is done.
  ///
  /// - Returns: Whether there was something to do.
  package func perform(_ task: JobTask, _ work: () throws -> Void) throws -> Bool {
    if try receipt(of: task) != nil { return false }
    do {
      try work()
    } catch let error as any ReportableError where error.category != .notReady {
      // Says why, to those who ask for the state of the job.
      let members = error.diagnostic.advised { _ in true }.members
      _ = try? SharedFile.write(
        JSONValue.object(members).document, to: folder.failure(task))
      throw error
    }
    SharedFile.remove(folder.failure(task))
    return true
  }

  /// The receipt of a task; nil while it is not done, or once the file that it tells of is gone.
  func receipt(of task: JobTask) throws -> JSONValue? {
    func receipt(
      _ path: String, of member: String? = nil, at file: (JSONValue) -> String? = { _ in nil }
    ) throws -> JSONValue? {
      guard let receipt = try Receipt.read(path, of: job.digest) else { return nil }
      guard let made = member.flatMap({ receipt[$0] }) else { return receipt }
      return file(made).flatMap(FileDigest.size) == made.integer("bytes") ? receipt : nil
    }
    return switch task {
    case .measure(let input):
      try receipt(folder.columnsReceipt(input), of: "columns") { _ in folder.columns(input) }
    case .plan: try receipt(folder.plan)
    case .extract(let input):
      try receipt(folder.textsReceipt(input), of: "texts") { _ in folder.texts(input) }
    case .assemble(let output):
      try receipt(folder.outputReceipt(output), of: "file") { file in
        file.text("path").map { "\(folder.outputs)/\($0)" }
      }
    case .finish: try receipt(folder.finished)
    }
  }

  /// The receipt of a task that has to be done.
  func required(_ task: JobTask) throws -> JSONValue {
    if let receipt = try receipt(of: task) { return receipt }
    let step = [task.step, folder.path] + (task.index.map { ["\($0)"] } ?? [])
    throw JobError(
      .notReady, "the step \(task.name) is not done yet", at: folder.path,
      hint: "`dpo-prep job \(step.joined(separator: " "))` does it")
  }

  /// Does a task of an input, unless it is done.
  ///
  /// - Parameters:
  ///   - copy: where the input is on this machine, if not where the job has it.
  ///   - work: is given the input as it is here.
  /// - Returns: Whether there was something to do.
  func perform(
    _ task: (_ input: Int) -> JobTask, ofInput index: Int, copy: String?,
    _ work: (InputFile) throws -> Void
  ) throws -> Bool {
    guard job.inputs.indices.contains(index) else {
      throw JobError(
        .noSuchTask,
        "the job has \(Quantity.count(job.inputs.count, "input")), numbered from 0; \(index) is not one",
        at: folder.path, hint: nil)
    }
    return try perform(task(index)) { try work(try input(index, copy: copy)) }
  }

  /// An input, or its copy on this machine.
  private func input(_ index: Int, copy: String?) throws -> InputFile {
    let input = job.inputs[index]
    guard let copy else {
      guard !RemotePath.isRemote(input.path) else {
        throw JobError(
          .unusableInput, "this input is not on this machine", at: input.path,
          hint: "fetch it and name the copy: --input FILE")
      }
      guard let size = input.byteCount else { return input }
      let now = try? InputDiscovery.files(for: [input.path]).first?.byteCount
      guard now == nil || now == size else { throw changed(input) }
      return input
    }
    return InputFile(
      path: copy, displayName: input.displayName, byteCount: input.byteCount,
      mayBeEmpty: input.mayBeEmpty, partition: input.partition)
  }

  /// What made rows of an input malformed: the same in both passes, wherever the job was made.
  func obstacle(_ input: PreparedInput) -> RowReader.Obstacle {
    configuration.output.profiles.obstacle(
      besides: (job.account ?? input.account).unwrittenContext)
  }

  func changed(_ input: InputFile) -> JobError {
    JobError(
      .unusableInput, "the file is not what it was when the job was made", at: input.displayName,
      hint: "make a new job, or put the old file back")
  }
}
