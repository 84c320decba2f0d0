internal import Ingest
internal import JSON
package import Records
internal import Work

/// Whether a dataset of this program is as it was written: every file against its digest in the
/// manifest, the sums of the ledger, and the numbers of rows that the manifest, the card and the
/// files tell.
package struct Verification: Sendable {
  /// What is wrong with a file.
  package struct Problem: Equatable, Sendable {
    package enum Code: String, Sendable, CaseIterable {
      /// The manifest has the file, the folder does not.
      case missing
      /// The file is shorter than it was.
      case truncated
      /// The file is as long as it was or longer, and its bytes are others.
      case changed
      /// The folder has the file, the manifest does not.
      case extra
      /// The file cannot be read.
      case unreadable
      /// The file has another number of rows than is recorded.
      case rows
      /// Counts of the ledger do not add up.
      case ledger
    }

    package var file: String
    package var code: Code
    package var message: String
  }

  /// A file that the manifest has a digest of.
  package struct File: Equatable, Sendable {
    package var path: String
    package var byteCount: Int?
    package var rows: Int?
    package var isIntact: Bool
  }

  /// The version that wrote the dataset.
  package let version: String?
  package let files: [File]
  /// Files that a manifest of an earlier version has no digest of.
  package let uncovered: [String]
  /// By file, in the order of the files.
  package let problems: [Problem]

  package var isIntact: Bool { problems.isEmpty }
}

extension Verification {
  /// A dataset that is looked at.
  package struct Dataset: Sendable {
    let folder: String
    let manifest: Manifest
    private let manifestBytes: [UInt8]

    /// How many bytes its files had, for showing progress.
    package var byteCount: Int { manifest.files.reduce(0) { $0 + ($1.byteCount ?? 0) } }

    /// - Returns: nil where the folder has no manifest of this program.
    package init?(_ folder: String) {
      let path = folder + "/" + Manifest.name
      guard FileDigest.exists(path), let bytes = try? WholeFile.bytes(of: path),
        let manifest = Manifest(bytes)
      else { return nil }
      (self.folder, self.manifest, manifestBytes) = (folder, manifest, bytes)
    }

    /// Looks at every file.
    ///
    /// - Parameters:
    ///   - countsRows: Whether the rows of intact files are counted, too, which takes parsing them.
    ///   - progress: Called with the number of bytes that were just read, on any thread.
    package func verified(
      threads: Int, countsRows: Bool, progress: @escaping @Sendable (Int) -> Void
    ) throws -> Verification {
      let results = Concurrent.map(manifest.files, threads: threads) { file in
        Result { try look(at: file, countsRows: countsRows, progress: progress) }
      }
      var files: [File] = []
      var problems: [Problem] = []
      // Versions that told no digests of other files told none of the manifest either.
      let seal = ManifestSeal.isIntact(manifestBytes) ?? (manifest.isOld ? nil : false)
      if seal == false {
        problems.append(
          Problem(
            file: Manifest.name, code: .changed,
            message: "the manifest is not as it was written: it differs from its own digest"))
      }
      for (file, result) in zip(manifest.files, results) {
        let found = try result.get()
        files.append(
          File(
            path: file.path, byteCount: file.byteCount, rows: file.rows, isIntact: found.isEmpty))
        problems += found
      }
      let covered = Set(manifest.files.map(\.path))
      var uncovered = seal == nil ? [Manifest.name] : []
      for path in try FileDigest.visibleFiles(below: folder) where !covered.contains(path) {
        if manifest.isOld, manifest.covers(path) {
          if path != Manifest.name { uncovered.append(path) }
        } else if path != Manifest.name {
          problems.append(
            Problem(
              file: path, code: .extra, message: "the manifest does not know this file"))
        }
      }
      problems += DatasetCounts(manifest).problems(cardIn: folder)
      return Verification(
        version: manifest.document["version"]?.text.map { String(decoding: $0, as: UTF8.self) },
        files: files, uncovered: uncovered, problems: problems)
    }

    private func look(
      at file: Manifest.File, countsRows: Bool, progress: (Int) -> Void
    ) throws -> [Problem] {
      func problem(_ code: Problem.Code, _ message: String) -> [Problem] {
        [Problem(file: file.path, code: code, message: message)]
      }
      guard file.isInside else {
        return problem(.unreadable, "the manifest names a path outside the dataset's folder")
      }
      let path = folder + "/" + file.path
      let found: FileDigest?
      do {
        found = try FileDigest(of: path) {
          try Interruption.checkpoint()
          progress($0)
        }
      } catch let error as IngestError {
        return problem(.unreadable, error.message)
      }
      guard let found else { return problem(.missing, "the file is not there") }
      if let count = file.byteCount, found.byteCount < count {
        return problem(
          .truncated,
          "the file has \(Quantity.count(found.byteCount, "byte")), of \(Quantity.count(count)) that were written"
        )
      }
      if found.sha256 != file.sha256 {
        return problem(
          .changed,
          "the file has \(found.byteCount) bytes with the SHA-256 \(found.sha256), written were "
            + "\(file.byteCount.map { "\($0) bytes" } ?? "bytes") with \(file.sha256)")
      }
      guard countsRows, let rows = file.rows else { return [] }
      do {
        let counted = try InputFile(path: path, displayName: path, byteCount: found.byteCount)
          .rowCount(checkpoint: { try Interruption.checkpoint() })
        return counted == rows
          ? []
          : problem(
            .rows, "the file has \(Quantity.count(counted, "row")), the manifest says \(rows)")
      } catch let error as IngestError {
        return problem(.unreadable, error.message)
      }
    }
  }
}

extension Verification {
  /// What commands say that read a dataset which is not as it was written; empty where it is, and
  /// where the path is not a dataset of this program.
  package static func warnings(for folder: String, threads: Int) throws -> [Diagnostic] {
    guard let dataset = Dataset(folder) else { return [] }
    let found = try dataset.verified(threads: threads, countsRows: false, progress: { _ in })
    guard let first = found.problems.first else { return [] }
    let more = found.problems.count - 1
    return [
      Diagnostic(
        .warning,
        "the dataset was changed after it was made: \(first.file) is \(first.code.rawValue)"
          + (more > 0 ? ", and \(more) more" : ""), at: SourceLocation(file: folder),
        hint: "`dpo-prep verify` says what is wrong, file by file", code: "dataset_changed")
    ]
  }
}
