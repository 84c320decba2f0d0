internal import Emit
internal import Hashing
package import Ingest
internal import JSON
internal import Records
package import Settings

/// What a job is: a configuration with the inputs that it means, in their order.
///
/// Every step reads it and nothing else of what the user wrote, so a job stays what it was when
/// files change behind its back.
package struct JobDescription: Sendable {
  /// The folder that relative paths count from.
  package let base: String
  package let configuration: Configuration
  package let inputs: [InputFile]
  /// What is recorded of the inputs beside their rows; nil where some are not on the machine on which
  /// the job was made.
  package let account: InputAccount?
  /// The whole description, with its digest.
  let document: JSONValue
  /// The SHA-256 of all but itself, in hexadecimal.
  package let digest: String

  /// Describes a new job, whose paths count from the folder in which the program runs.
  ///
  /// Finds the files and looks at their first rows. Paths that are not on this machine are taken
  /// for one input each.
  package init(_ configuration: Configuration) throws {
    let found = try Self.find(configuration.input.paths)
    if let stream = found.files.first(where: \.isStream) {
      throw JobError(
        .unusableInput, "a stream can be read only once", at: stream.displayName,
        hint: "save it as a file")
    }
    let isHere = !found.files.contains { RemotePath.isRemote($0.path) }
    let account = isHere ? try PreparedInput(found, configuration).account : nil
    let members: [JSONValue.Member] = [
      .init(name: "tool", value: "dpo-prep"),
      .init(name: "version", value: .string(dpoPrepVersion)),
      .init(name: "base", value: .string(PublishedPath.folder)),
      .init(name: "configuration", value: JSONValue(configuration.resolvedValues())),
      .init(name: "inputs", value: .list(found.files.map(Self.document))),
      .init(name: "account", value: account?.document ?? .null),
      .init(name: "side_files", value: .list(try Self.sideFiles(of: configuration))),
    ]
    let digest = SHA256.digest(of: JSONValue.object(members).compact).hexadecimal
    try self.init(
      .object(members + [.init(name: "digest", value: .string(digest))]), in: "job.json")
  }

  /// Reads a description.
  ///
  /// - Throws: ``JobError`` for what is none, or is of another version of the program.
  package init(of job: JobFolder) throws {
    guard FileDigest.exists(job.description) else {
      throw JobError(
        .noJob, "no job is here", at: job.path, hint: "`dpo-prep job init CONFIG JOB` makes one")
    }
    try self.init(JSONFile.read(job.description), in: job.description)
  }

  private init(_ document: JSONValue, in file: String) throws {
    func damaged(_ what: String) -> JobError {
      JobError(.damaged, "this is not a description of a job: \(what)", at: file, hint: nil)
    }
    guard var members = document.members, let last = members.popLast(),
      let digest = document.text("digest"), last.name == Array("digest".utf8),
      digest == SHA256.digest(of: JSONValue.object(members).compact).hexadecimal
    else { throw damaged("its digest is not that of its content") }
    guard document.text("version") == dpoPrepVersion else {
      throw JobError(
        .otherJob, "the job was made by version \(document.text("version") ?? "?") of dpo-prep",
        at: file, hint: "this is \(dpoPrepVersion): use the same for all steps, or make a new job")
    }
    guard let base = document.text("base"), let values = document["configuration"],
      let inputs = document.list("inputs", Self.input), let account = document["account"]
    else { throw damaged("a part is missing") }
    self.base = base
    configuration = try Configuration.recorded(values.compact, named: file)
    self.inputs = inputs
    self.account = account == .null ? nil : InputAccount(account)
    guard account == .null || self.account != nil else { throw damaged("account") }
    self.document = document
    self.digest = digest
  }

  /// Writes the description of a new job.
  ///
  /// - Throws: ``JobError`` where another job is there, ``EmitError`` in the folder of a dataset.
  package func write(to job: JobFolder) throws {
    if FileDigest.exists(job.description) {
      let other = try? JobDescription(of: job)
      guard other?.digest == digest else {
        throw JobError(
          .otherJob, "another job is here, of other settings or inputs", at: job.path,
          hint: "make the new one in another folder, or remove this one")
      }
      return
    }
    for path in [job.path, configuration.output.dir] {
      try SurroundingDataset.refuse(path, named: path)
    }
    try SharedFile.write(document.document, to: job.description)
  }

  /// Throws where a file that settings name is no longer what it was.
  ///
  /// - Parameter settings: those that are looked at; none for all.
  func checkSideFiles(_ settings: String...) throws {
    let recorded = document["side_files"]?.elements ?? []
    for file in try Self.sideFiles(of: configuration, settings) where !recorded.contains(file) {
      throw JobError(
        .unusableInput, "the file is not what it was when the job was made",
        at: file.text("path"), hint: "make a new job, or put the old file back")
    }
  }

  // MARK: Parts

  private static func find(_ paths: [String]) throws -> FoundInput {
    guard paths.contains(where: RemotePath.isRemote) else {
      return try local(paths)
    }
    var found = FoundInput([])
    for path in paths {
      if RemotePath.isRemote(path) {
        found.files.append(
          InputFile(
            path: path, displayName: path, byteCount: nil, mayBeEmpty: paths.count > 1,
            partition: nil))
      } else {
        let local = try local([path])
        found.files += local.files
        found.leftOut += local.leftOut
      }
    }
    return found
  }

  /// The files of this machine, streams as they stand.
  private static func local(_ paths: [String]) throws -> FoundInput {
    var leftOut: [String] = []
    let files = try InputDiscovery.files(for: paths) { leftOut.append($0) }
    return FoundInput(files, leftOut: leftOut)
  }

  private static func document(_ file: InputFile) -> JSONValue {
    [
      "path": .string(file.displayName),
      "bytes": file.byteCount.map(JSONValue.integer) ?? .null,
      "may_be_empty": .bool(file.mayBeEmpty),
      "partition": file.partition.map(JSONValue.string) ?? .null,
    ]
  }

  private static func input(_ document: JSONValue) -> InputFile? {
    guard let path = document.text("path"), let mayBeEmpty = document.truth("may_be_empty") else {
      return nil
    }
    return InputFile(
      path: path, displayName: path, byteCount: document.integer("bytes"),
      mayBeEmpty: mayBeEmpty, partition: document["partition"]?.text)
  }

  /// The setting that names benchmarks.
  static let benchmarkSetting = "filters.contaminated.against"

  /// The files that settings name, with their SHA-256.
  ///
  /// - Parameter wanted: the settings that are looked at; none for all.
  private static func sideFiles(
    of configuration: Configuration, _ wanted: [String] = []
  ) throws -> [JSONValue] {
    let excluded = try configuration.input.excludedFiles().map { ("input.exclude", $0.path) }
    let benchmarks = try configuration.benchmarkFiles.map { (benchmarkSetting, $0.path) }
    let files =
      [
        ("input.tokenizer", configuration.tokenizerInUse),
        ("calibration.curve", configuration.calibration.curve),
        ("calibration.labels", configuration.calibration.labels),
        ("report.previous_curve", configuration.report.previousCurve.map(PreviousCurves.file)),
      ].compactMap { setting, path in path.map { (setting, $0) } }
    return try (files + excluded + benchmarks).compactMap { setting, path in
      guard wanted.isEmpty || wanted.contains(setting) else { return nil }
      guard let file = try FileDigest(of: path, step: { _ in }) else {
        let isFolder = FileDigest.isFolder(path)
        throw JobError(
          .noInput, isFolder ? "expected a file, found a folder" : "no such regular file", at: path,
          hint: isFolder
            ? "correct \(setting)" : WorkingFolder.hint("correct \(setting)", forMissing: path))
      }
      return [
        "setting": .string(setting), "path": .string(path), "sha256": .string(file.sha256),
      ]
    }
  }
}
