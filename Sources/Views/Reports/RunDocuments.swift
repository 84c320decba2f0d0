internal import Audit
internal import Emit
package import JSON
package import Job
package import Records
internal import Scan
package import Settings

/// The documents of a dataset, as far as its plan knows them.
///
/// What is still to come are the files of rows and the texts of the pairs that the report shows. So
/// a job can keep this between the step that decides and the one that publishes.
package struct RunDocuments: DatasetDocuments {
  private let configuration: Configuration
  /// The members of the manifest and of the summary; null where something is still to come.
  private let manifestMembers: [JSONValue.Member]
  private let summaryMembers: [JSONValue.Member]
  /// Paragraphs and tables of the dataset card.
  private let cardBody: String
  /// Nil where no report is wanted.
  private let report: ReportDraft?

  package init(_ plan: DatasetPlan) {
    let result = plan.result
    configuration = result.configuration
    manifestMembers = result.manifest.members ?? []
    summaryMembers = result.summary.members ?? []
    cardBody = result.cardBody
    report = configuration.report.html ? RunReport(plan).draft : nil
  }

  /// The dataset card and the report.
  package func files(_ dataset: WrittenDataset) throws -> [(name: String, bytes: [UInt8])] {
    let card = DatasetCard(
      layout: dataset.layout, tables: dataset.tables, details: configuration.output.cardDetails,
      body: cardBody)
    return [("README.md", card.text)]
      + (report.map {
        [
          (
            "report.html",
            $0.page(showing: dataset.examples, threads: configuration.threadCount)
          )
        ]
      } ?? [])
  }

  /// The manifest, which has the digests of all other files, and of itself.
  package func manifest(_ dataset: WrittenDataset, _ files: [Manifest.File]) -> [UInt8] {
    ManifestSeal.sealed(document(of: dataset, files))
  }

  /// Whether a manifest tells of this dataset: of the same settings, inputs, figures and rows.
  package func isManifest(_ manifest: JSONValue, of dataset: WrittenDataset) -> Bool {
    let own = document(of: dataset, []).members ?? []
    return own.allSatisfy { member in
      let name = String(decoding: member.name, as: UTF8.self)
      return ["files", "timings", "memory"].contains(name) || manifest[name] == member.value
    }
  }

  private func document(of dataset: WrittenDataset, _ files: [Manifest.File]) -> JSONValue {
    let rows = dataset.tables.flatMap(\.files) + (dataset.rejects.map { [$0] } ?? [])
    return .object(
      Self.filled(
        manifestMembers,
        [
          "outputs": .list(rows.map(\.document)),
          "files": .list(
            files.map {
              [
                "path": .string($0.path), "bytes": .integer($0.byteCount ?? 0),
                "sha256": .string($0.sha256),
              ]
            }),
          "timings": Self.document(dataset.timings),
          "memory": [
            "kept_text_bytes": .integer(dataset.resident.byteCount),
            "is_dear": .bool(dataset.resident.isMemoryDear),
          ],
        ]))
  }

  /// What `--json` prints.
  package func summary(_ dataset: WrittenDataset) -> JSONValue {
    .object(
      summaryMembers(
        dataset.tables.map { (profile: $0.profile, split: $0.split, rows: $0.rows) },
        dataset.timings))
  }

  /// The members of what `--json` prints.
  ///
  /// - Parameter tables: The splits of every profile, with their rows.
  func summaryMembers(
    _ tables: [(profile: Profile, split: DatasetSplit, rows: Int)],
    _ timings: [(stage: String, seconds: Double)]
  ) -> [JSONValue.Member] {
    Self.filled(
      summaryMembers,
      [
        "splits": .list(
          tables.map {
            [
              "profile": .string($0.profile.rawValue),
              "split": .string($0.profile.name(of: $0.split)), "rows": .integer($0.rows),
            ]
          }),
        "timings": Self.document(timings),
      ])
  }

  private static func filled(
    _ members: [JSONValue.Member], _ values: [String: JSONValue]
  ) -> [JSONValue.Member] {
    members.map { member in
      values[String(decoding: member.name, as: UTF8.self)].map {
        JSONValue.Member(name: member.name, value: $0)
      } ?? member
    }
  }

  private static func document(_ timings: [(stage: String, seconds: Double)]) -> JSONValue {
    .object(timings.map { .init(name: $0.stage, value: .number($0.seconds)) })
  }
}

extension RunDocuments {
  /// All of this as JSON, without loss.
  package var document: JSONValue {
    [
      "manifest": .object(manifestMembers), "summary": .object(summaryMembers),
      "card": .string(cardBody), "report": report?.document ?? .null,
    ]
  }

  /// Reads what ``document`` writes; nil where it is something else.
  ///
  /// - Parameter configuration: what the plan was made for.
  package init?(_ document: JSONValue, _ configuration: Configuration) {
    guard let manifest = document["manifest"]?.members, let summary = document["summary"]?.members,
      let card = document.text("card"), let report = document["report"]
    else { return nil }
    self.configuration = configuration
    manifestMembers = manifest
    summaryMembers = summary
    cardBody = card
    self.report = ReportDraft(report)
    guard self.report != nil || report == .null else { return nil }
  }
}
