internal import Ingest
internal import JSON
internal import Job
internal import Records
internal import Settings
internal import Terminal
internal import Views
internal import Work

/// `config diff`: the settings that differ between two configurations.
struct ConfigDiffCommand {
  let options: ConfigDiffOptions

  /// - Returns: whether there are none.
  func run() throws -> Bool {
    let (old, new) = (try Source(options.old), try Source(options.new))
    let tellsPublished = old.isPublished || new.isPublished
    let comparison = ConfigurationComparison(
      try old.configuration(published: tellsPublished),
      try new.configuration(published: tellsPublished))
    if options.printsJSON {
      try StandardStream.output.write(comparison.document)
    } else {
      try StandardStream.output.write(ShownText(comparison.text))
    }
    return comparison.differences.isEmpty
  }

  /// What one of the operands means.
  private enum Source {
    case file(String)
    /// A document of this program, with the settings that it records.
    case document(name: String, settings: JSONValue, isPublished: Bool)

    init(_ path: String) throws {
      let documents = [Manifest.name, JobFolder.descriptionName]
      guard FileDigest.isFolder(path) else {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        self = documents.contains(name) ? try Self.document(path) : .file(path)
        return
      }
      let folder = path.hasSuffix("/") ? path : path + "/"
      guard let document = documents.first(where: { FileDigest.exists(folder + $0) }) else {
        throw NoSettings(
          path: path, message: "this folder records no settings of dpo-prep",
          hint: "name a YAML file, or the folder of a dataset or a job: it holds "
            + documents.joined(separator: " or "))
      }
      self = try Self.document(folder + document)
    }

    private static func document(_ path: String) throws -> Source {
      let document = Manifest(try WholeFile.bytes(of: path))?.document
      let published = document?["config"]
      guard let settings = published ?? document?["configuration"] else {
        throw NoSettings(
          path: path, message: "this is not a document of dpo-prep that records settings",
          hint: "name a YAML file, or the folder of a dataset or a job")
      }
      return .document(name: path, settings: settings, isPublished: published != nil)
    }

    /// Whether paths are told from the folder on that the command ran in, whatever was written.
    var isPublished: Bool {
      if case .document(_, _, let isPublished) = self { isPublished } else { false }
    }

    func configuration(published: Bool) throws -> ComparedConfiguration {
      switch self {
      case .document(let name, let settings, _):
        try ComparedConfiguration(recorded: settings.compact, named: name)
      case .file(let path):
        try Interruption.whileWaiting {
          try ComparedConfiguration(path: path, environment: .process) {
            published ? $0.published : $0
          }
        }
      }
    }
  }
}

/// Something that is neither a configuration nor records one.
private struct NoSettings: ReportableError {
  let path: String
  let message: String
  let hint: String

  var category: FailureCategory { .badConfiguration }

  var diagnostic: Diagnostic {
    Diagnostic(
      .error, message, at: SourceLocation(file: path), hint: hint, code: "no_settings")
  }
}
