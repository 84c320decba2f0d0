package import Ingest
package import JSON
package import Records

/// What is known of a measured input beside its columns.
package struct MeasuredFacts: Sendable {
  /// What was reported of the input while it was measured.
  package enum Incident: Sendable {
    case rejected(RejectedRow)
    /// A document holds no row.
    case empty(IngestError)
  }

  package internal(set) var report: InputReport
  /// For each frame of the input how many candidates it holds.
  package internal(set) var frames: [Int] = []
  /// In the order of the input.
  package internal(set) var incidents: [Incident] = []
  package internal(set) var observations: Observations
  /// The names of what was measured of every answer.
  package internal(set) var characteristics: [String]
  /// The reward models of which there are several; none where there is one reward.
  package internal(set) var rewardModels: [RewardModel]
  /// Whether rows say which split they belong to.
  package internal(set) var hasGivenSplit: Bool
  /// How many numbers the signature of a prompt has.
  package internal(set) var bandCount: Int

  /// How many candidates the input holds.
  package var candidateCount: Int { frames.reduce(0, +) }
}

extension MeasuredFacts {
  /// The facts as JSON, without loss.
  package var document: JSONValue {
    [
      "input": report.document, "characteristics": .list(characteristics.map { .string($0) }),
      "reward_models": .list(
        rewardModels.map { ["name": .string($0.name), "weight": .number($0.weight)] }),
      "has_given_split": .bool(hasGivenSplit), "signature_bands": .integer(bandCount),
      "frames": .list(frames.map { .integer($0) }),
      "observations": observations.document, "incidents": .list(incidents.map(\.document)),
    ]
  }

  /// Reads what ``document`` writes; nil where it is something else.
  package init?(_ document: JSONValue) {
    func count(_ value: JSONValue) -> Int? {
      guard case .integer(let count) = value, (0...(1 << 40)).contains(count) else { return nil }
      return count
    }
    guard let report = document["input"].flatMap(InputReport.init),
      let characteristics = document.list("characteristics", \.text),
      let rewardModels = document.list("reward_models", RewardModel.init),
      let hasGivenSplit = document.truth("has_given_split"),
      let bandCount = document.integer("signature_bands"),
      let frames = document.list("frames", count),
      let observations = document["observations"].flatMap(Observations.init),
      let incidents = document.list("incidents", Incident.init)
    else { return nil }
    self.init(
      report: report, frames: frames, incidents: incidents, observations: observations,
      characteristics: characteristics.map { String(decoding: $0, as: UTF8.self) },
      rewardModels: rewardModels, hasGivenSplit: hasGivenSplit, bandCount: bandCount)
  }
}

extension RewardModel {
  fileprivate init?(_ document: JSONValue) {
    guard let name = document.text("name"), let weight = document["weight"]?.number else {
      return nil
    }
    self.init(name: name, weight: weight)
  }
}

extension MeasuredFacts.Incident {
  fileprivate var document: JSONValue {
    switch self {
    case .rejected(let row): ["rejected": row.document]
    case .empty(let error): ["empty": error.document]
    }
  }

  fileprivate init?(_ document: JSONValue) {
    if let row = document["rejected"].flatMap(RejectedRow.init) {
      self = .rejected(row)
    } else if let error = document["empty"].flatMap(IngestError.init) {
      self = .empty(error)
    } else {
      return nil
    }
  }
}
