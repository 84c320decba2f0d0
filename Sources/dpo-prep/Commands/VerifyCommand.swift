internal import Audit
internal import Ingest
internal import JSON
internal import Records
internal import Synchronization
internal import Terminal
internal import Work

/// `verify`: whether a dataset is as it was written.
struct VerifyCommand {
  let options: VerifyOptions
  let progress: ProgressMeter

  /// - Returns: whether it is.
  func run() throws -> Bool {
    var folder = options.dataset
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    guard let dataset = Verification.Dataset(folder) else {
      throw NoManifest(folder: options.dataset, isMissing: !FileDigest.isFolder(folder))
    }
    progress.begin("verifying", total: dataset.byteCount)
    let result: Verification
    do {
      defer { progress.end() }
      let done = Mutex(0)
      result = try dataset.verified(threads: Processors.count, countsRows: true) {
        [progress] count in
        progress.update(
          done.withLock {
            $0 += count
            return $0
          })
      }
    }
    if options.printsJSON {
      try StandardStream.output.write(document(result))
    } else {
      try StandardStream.output.write(ShownText(text(result)))
    }
    return result.isIntact
  }

  private func text(_ result: Verification) -> String {
    let files = Quantity.count(result.files.count, "file")
    let version = result.version.map { " of dpo-prep \($0)" } ?? ""
    var text = "\(options.dataset): \(files)\(version), "
    if result.isIntact {
      text += "as they were written\n"
    } else {
      text += "\(Quantity.count(result.problems.count, "thing")) wrong\n\n"
      for problem in result.problems {
        text += "\(problem.file): \(problem.code.rawValue): \(problem.message)\n"
      }
    }
    if !result.uncovered.isEmpty {
      text +=
        "\nwithout a digest, as an earlier version wrote the dataset: "
        + result.uncovered.joined(separator: ", ") + "\n"
    }
    return text
  }

  private func document(_ result: Verification) -> JSONValue {
    [
      "dataset": .string(options.dataset),
      "version": result.version.map { .string($0) } ?? .null,
      "intact": .bool(result.isIntact),
      "files": .list(
        result.files.map { file in
          [
            "path": .string(file.path),
            "bytes": file.byteCount.map(JSONValue.integer) ?? .null,
            "rows": file.rows.map(JSONValue.integer) ?? .null,
            "intact": .bool(file.isIntact),
          ]
        }),
      "uncovered": .list(result.uncovered.map { .string($0) }),
      "problems": .list(
        result.problems.map { problem in
          [
            "file": .string(problem.file), "code": .string(problem.code.rawValue),
            "message": .string(problem.message),
          ]
        }),
    ]
  }
}

/// There is nothing to compare a dataset with.
private struct NoManifest: ReportableError {
  let folder: String
  let isMissing: Bool

  var category: FailureCategory { isMissing ? .inputMissing : .badData }

  var diagnostic: Diagnostic {
    Diagnostic(
      .error,
      isMissing
        ? "expected the folder of a dataset, found none"
        : "this folder has no readable manifest of dpo-prep",
      at: SourceLocation(file: folder),
      hint: isMissing
        ? WorkingFolder.hint(forMissing: folder)
        : "name the folder that holds manifest.json; other datasets cannot be verified",
      code: isMissing ? "missing_input" : "no_manifest")
  }
}
