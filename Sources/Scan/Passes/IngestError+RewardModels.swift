package import Ingest
package import Records

extension IngestError {
  /// The error for a file whose rows have rewards of other models than the first file's.
  package static func otherRewardModels(
    _ models: [RewardModel], thanFirst first: [RewardModel], in file: String
  ) -> IngestError {
    func text(_ models: [RewardModel]) -> String {
      models.isEmpty ? "one reward" : "rewards of \(models.map(\.name).joined(separator: ", "))"
    }
    return IngestError(
      .otherRewardModels,
      "the rows of this file have \(text(models)), those of the first file \(text(first))",
      at: SourceLocation(file: file),
      hint:
        "name the models that all files have with input.fields.rewards, or .reward for flat rows: "
        + "[scores.a, scores.b]")
  }
}
