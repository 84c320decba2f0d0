package import JSON
internal import Job
internal import Records
internal import Settings

extension SweepResult {
  /// What `--json` prints.
  package var document: JSONValue {
    [
      "axes": .list(
        axes.map {
          ["setting": .string($0.key), "values": .list($0.values.map(JSONValue.init))]
        }),
      "variants": .list(outcomes.map(document)),
      "scans": .integer(scans),
      "seconds": .number(seconds),
    ]
  }

  private func document(of outcome: Outcome) -> JSONValue {
    let (variant, figures) = (outcome.variant, outcome.figures)
    return [
      "number": .integer(variant.number),
      "settings": .object(
        zip(axes, variant.values).map { .init(name: $0.key, value: JSONValue($1)) }),
      "output": writesData && figures != nil ? .string(outcome.folder) : .null,
      "error": outcome.failure.map { .object($0.diagnostic.members) } ?? .null,
      "prompts_dropped": figures.map { .integer($0.promptsDropped) } ?? .null,
      "same_pairs": (figures?.samePairs?.count).map(JSONValue.integer) ?? .null,
      "same_pairs_share": JSONValue(figures?.samePairs?.share),
      "summary": figures?.summary ?? .null,
    ]
  }
}
