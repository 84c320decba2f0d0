internal import Emit
internal import Ingest
internal import JSON
internal import Records
internal import Scan
internal import Settings

extension JobWorker {
  /// Reads an input and writes its columns.
  ///
  /// - Parameter copy: where the input is on this machine, if not where the job has it.
  /// - Returns: Whether there was something to do.
  @discardableResult
  package func measure(_ index: Int, copy: String? = nil) throws -> Bool {
    try perform(JobTask.measure, ofInput: index, copy: copy) { file in
      try job.checkSideFiles("input.tokenizer", JobDescription.benchmarkSetting)
      let prepared = try PreparedInput(FoundInput([file]), configuration)
      let account = prepared.account
      try OwnScoresCheck(configuration, account).refuse()
      var observer = ScanStage.Observer(printer: printer)
      var scanning = ScanStage(configuration, printer: printer, progress: progress)
      scanning.obstacle = obstacle(prepared)
      let (facts, columns) = try SharedFile.make(folder.columns(index)) { output in
        try scanning.measure(prepared, observer: &observer, to: output)
      }
      try configuration.input.expectedStream?.check(
        byteCount: facts.report.byteCount, digest: facts.report.digest, of: file.displayName)
      if let size = file.byteCount, copy != nil, size != facts.report.byteCount {
        throw changed(file)
      }
      try Receipt.write(
        [
          .init(name: "columns", value: columns.document),
          .init(name: "account", value: account.document),
          .init(name: "facts", value: facts.document),
        ], to: folder.columnsReceipt(index), of: job.digest)
    }
  }

  /// What was measured of every input, in their order.
  func measured() throws -> [(input: MeasuredInput, account: InputAccount)] {
    try job.inputs.indices.map { index in
      let receipt = try required(.measure(input: index))
      guard let facts = receipt["facts"].flatMap(MeasuredFacts.init),
        let account = receipt["account"].flatMap(InputAccount.init)
      else { throw damaged(folder.columnsReceipt(index)) }
      return (MeasuredInput(path: folder.columns(index), facts: facts), account)
    }
  }

  func damaged(_ path: String) -> JobError {
    JobError(
      .damaged, "this is not what a step of the job wrote", at: path,
      hint: path.hasPrefix(folder.path + "/plan/")
        ? "remove the folder plan and run `job plan` again"
        : "remove the file and run its step again")
  }
}

extension SharedFile.Written {
  var document: JSONValue { ["bytes": .integer(byteCount), "sha256": .string(sha256)] }
}
