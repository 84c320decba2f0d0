internal import Emit
internal import Ingest
package import Records
internal import Rows
internal import Scan
package import Settings

/// A look at what a configuration names, before any work is done: everything that would end a run at
/// its beginning, all of it at once.
package struct InputCheck: Sendable {
  /// What is wrong, each with the status that a run would end with.
  package private(set) var problems: [any ReportableError] = []
  /// What the user should know beside.
  package private(set) var warnings: [Diagnostic] = []
  /// The folders of datasets of this program that stand among the input.
  private var leftOut: [String] = []
  /// How many files were found.
  package private(set) var fileCount = 0

  /// - Parameter looksAtInput: Whether the files of the input are looked at, too.
  package init(_ configuration: Configuration, looksAtInput: Bool = true) {
    if looksAtInput {
      let files = find(configuration.input.paths)
      fileCount = files.count
      look(into: files, configuration)
    }
    for check in configuration.preconditions { problems += Self.trouble(check) }
    if let saved = try? SavedCurves(
      configuration.calibration, tokenizer: configuration.tokenizerInUse)
    {
      warnings += saved.unusedSettings.map { [$0] } ?? []
    }
    if let path = configuration.tokenizerInUse {
      problems += Self.trouble { _ = try TokenizerSource(path) }
    }
    if !configuration.filters.contaminated.against.isEmpty {
      problems += Self.trouble { _ = try Benchmarks(configuration) }
    }
    problems += Self.trouble {
      _ = try LabelStage(configuration: configuration, printer: WarningLog(NoSink()))
    }
    problems += Self.trouble { _ = try ExcludedPrompts(configuration) }
    if !configuration.output.dir.isEmpty {
      let output = configuration.output
      problems +=
        DatasetFolder.obstacle(to: output.dir, overwrites: output.overwrite).map { [$0] } ?? []
    }
  }

  /// The files of all paths; streams are left alone, as they can be read once.
  private mutating func find(_ paths: [String]) -> [InputFile] {
    var files: [InputFile] = []
    for path in paths {
      problems += Self.trouble {
        files += try InputDiscovery.files(for: [path])
      }
    }
    // What is wrong with the paths together.
    if problems.isEmpty {
      problems += Self.trouble {
        files = try InputDiscovery.files(for: paths, leavingOut: { leftOut.append($0) })
      }
    }
    return files.filter { !$0.isStream }
  }

  private mutating func look(into files: [InputFile], _ configuration: Configuration) {
    var seen: OptionalFields = []
    for file in files {
      var input: PreparedInput?
      problems += Self.trouble { input = try PreparedInput(FoundInput([file]), configuration) }
      guard let input else { continue }
      let obstacle = input.obstacle(configuration.output.profiles)
      let faults = Self.trouble {
        let fields = try FirstRow.optionalFields(
          of: file, input.schemas.distinct[0], input.framing, obstacle: obstacle)
        seen.formUnion(fields ?? [])
      }
      if configuration.input.onError == .fail {
        problems += faults
      } else {
        // A run would pass over the row.
        warnings += faults.map {
          var warning = $0.diagnostic
          warning.severity = .warning
          return warning
        }
      }
    }
    guard problems.isEmpty, !files.isEmpty else { return }
    problems += Self.trouble {
      let input = try PreparedInput(FoundInput(files, leftOut: leftOut), configuration)
      warnings += input.account.warnings
      try OwnScoresCheck(configuration, input.account).refuse()
    }
    for missing in NamedFields.missing(configuration.input, from: seen) {
      warnings.append(
        Diagnostic(
          .warning,
          "no first row has a value for \"\(missing.path)\", which \(missing.setting) names",
          hint: "where no row at all has one, a run ends with an error; "
            + "`dpo-prep inspect` shows the layout", code: "field_not_in_first_rows"))
    }
  }

  /// Does something that may fail, and says how it did.
  private static func trouble(_ work: () throws -> Void) -> [any ReportableError] {
    do {
      try work()
      return []
    } catch let error as any ReportableError {
      return [error]
    } catch {
      return [InternalFault("\(error)")]
    }
  }
}

/// Takes what is reported of things that are looked at only.
private struct NoSink: DiagnosticSink {
  func report(_ diagnostic: Diagnostic) {}
}
