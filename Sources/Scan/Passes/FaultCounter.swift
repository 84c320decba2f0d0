internal import Ingest
internal import Records
internal import Rows

/// Decides what malformed rows come to: an error at once, at the first too many, or at the end
/// where no row was any good.
struct FaultCounter {
  let policy: InputScan.ErrorPolicy
  let files: [InputFile]
  let advice: Advice
  private var count = 0
  private var first: RejectedRow?

  init(policy: InputScan.ErrorPolicy, files: [InputFile], advice: Advice) {
    self.advice = advice
    self.policy = policy
    self.files = files
  }

  mutating func count(
    _ row: RejectedRow, observer: inout some InputScan.Observer
  ) throws {
    count += 1
    if first == nil { first = row }
    switch policy {
    case .fail:
      try blameDamagedFile(of: row)
      throw row.error
    case .skip(let limit):
      guard count <= limit else {
        throw IngestError(
          .tooManyMalformedRows,
          "more than \(limit) malformed rows; this one: \(row.message)", at: row.location,
          hint: "check that input.fields fits the data, or raise input.max_errors; \(row.hint)")
      }
      try observer.didReject(row)
    }
  }

  /// An input without one usable row is an error under every policy.
  func requireRows(_ ledger: Ledger) throws(IngestError) {
    guard ledger.rowsRead == ledger.rowsRejected else { return }
    guard let first else {
      throw IngestError(
        .noRows, "the input holds no rows",
        at: files.first.map { SourceLocation(file: $0.displayName) },
        hint: advice == .settings
          ? "check input.paths: every file is empty" : "every file that was named is empty")
    }
    throw IngestError(
      .noRows,
      ledger.rowsRead == 1
        ? "the only row is not usable: \(first.message)"
        : "not one of \(Quantity.count(ledger.rowsRead)) rows is usable; the first: \(first.message)",
      at: first.location, hint: first.hint)
  }

  /// A damaged file shows first as a malformed row, as checksums stand behind the data they cover;
  /// where reading on is cheap, it is found out.
  private func blameDamagedFile(of row: RejectedRow) throws(IngestError) {
    let cheap = 256 << 20
    guard
      let file = files.first(where: { row.location.isInside($0) }),
      let byteCount = file.byteCount, byteCount <= cheap
    else { return }
    _ = try ChunkReader(file, fileIndex: 0).finish()
  }
}

extension SourceLocation {
  /// Whether this is a place in a file or in a member of it; a name that only begins alike is
  /// another file's.
  fileprivate func isInside(_ input: InputFile) -> Bool {
    file == input.displayName || file.hasPrefix(input.displayName + "!")
  }
}

extension RejectedRow {
  /// A row that was not kept.
  init(_ row: RefusedRow, _ advice: Advice) {
    let error = row.error
    let hint =
      if advice == .settings, let limit = error.limit {
        Diagnostic.hint(error.hint, raising: limit)
      } else { error.hint ?? "" }
    self.init(
      location: row.location, code: row.misfit == nil ? .tooLong : .unlikeHeader,
      message: error.message, hint: hint, bytes: row.head, byteCount: row.byteCount)
  }

  /// The row as an error.
  var error: IngestError {
    IngestError(
      code == .tooLong ? .rowTooLong : .malformedRow, message, at: location, hint: hint)
  }
}
