package import Evaluate
package import Ingest
package import JSON
internal import Job
internal import Report

/// What the figures of an evaluation were made of, and how.
package struct EvaluationOrigin {
  /// The command after `dpo-prep`.
  let command: String
  /// Keys with the values that held.
  let settings: [(key: String, value: JSONValue)]
  let inputs: [Input]
  let resampling: Resampling

  /// - Parameter command: As it is typed after `dpo-prep`.
  package init(
    command: String, settings: [(key: String, value: JSONValue)], inputs: [Input],
    resampling: Resampling
  ) {
    self.command = command
    self.settings = settings
    self.inputs = inputs
    self.resampling = resampling
  }

  /// A file that was read.
  package struct Input {
    /// What it is: scores, texts, a baseline or a ranking.
    let role: String
    let path: String
    let digest: FileDigest?

    /// - Parameter digest: Of its bytes; nil for what is not a regular file.
    package init(role: String, path: String, digest: FileDigest?) {
      self.role = role
      self.path = path
      self.digest = digest
    }
  }

  // MARK: Forms of output

  var document: JSONValue {
    [
      "program": "dpo-prep", "version": .string(dpoPrepVersion), "command": .string(command),
      "settings": .object(settings.map { .init(name: $0.key, value: $0.value) }),
      "resamples": .integer(resampling.count), "seed": .integer(Int(clamping: resampling.seed)),
      "inputs": .list(
        inputs.map {
          [
            "role": .string($0.role), "path": .string($0.path),
            "bytes": $0.digest.map { .integer($0.byteCount) } ?? .null,
            "sha256": $0.digest.map { .string($0.sha256) } ?? .null,
          ]
        }),
    ]
  }

  /// Every fact with its kind, for tables.
  private var facts: [(kind: String, name: String, value: String)] {
    [("program", "version", dpoPrepVersion), ("program", "command", command)]
      + settings.map { ("setting", $0.key, Self.text($0.value)) }
      + [
        ("setting", "resamples", "\(resampling.count)"), ("setting", "seed", "\(resampling.seed)"),
      ] + inputs.map { ("input", $0.path, $0.digest?.sha256 ?? "") }
  }

  func add(to table: inout TidyTable) {
    for fact in facts { table.add(fact.kind, fact.name, text: fact.value) }
  }

  /// What the report says.
  var section: ReportPage.Section {
    ReportPage.Section(
      "How this was made",
      DataTable(["", "", "value"], facts.map { [$0.kind, $0.name, $0.value] })
        .nodes(label: "Program, settings, inputs with their SHA-256 and seed"))
  }

  private static func text(_ value: JSONValue) -> String {
    value.text.map { String(decoding: $0, as: UTF8.self) }
      ?? String(decoding: value.compact, as: UTF8.self)
  }
}
