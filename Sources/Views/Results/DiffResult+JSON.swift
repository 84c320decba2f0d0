internal import Audit
internal import Emit
package import JSON
internal import Records

extension DiffResult {
  /// What `--json` prints.
  ///
  /// - Parameter listedRows: the most rows of each kind of change.
  package func document(listedRows: Int) -> JSONValue {
    let prompts = difference.prompts
    return [
      "old": .string(names.old),
      "new": .string(names.new),
      "same": .bool(difference.isSame),
      "joined_by": difference.isJoinedByID ? "prompt_id" : "prompt",
      "prompts": [
        "old": .integer(prompts.old), "new": .integer(prompts.new),
        "added": .integer(prompts.added), "removed": .integer(prompts.removed),
        "moved_split": .integer(difference.movedCount),
      ],
      "pairs": .object(
        PairChange.allCases.map {
          .init(name: $0.rawValue, value: .integer(difference.counts[$0] ?? 0))
        }),
      "columns": .list(
        difference.columnChanges.map {
          ["column": .string($0.column), "old": optional($0.old), "new": optional($0.new)]
        }),
      "drift": document(
        DiffResult.drift(difference.old.audit, difference.new.audit)),
      "groups": .object(
        groups.map { column, values in
          .init(
            name: column,
            value: .list(
              values.map { name, old, new in
                ["value": .string(name), "drift": document(DiffResult.drift(old, new))]
              }))
        }),
      "manifest": manifestChanges.map { changes in
        .list(
          changes.map {
            ["path": .string($0.path), "old": optional($0.old), "new": optional($0.new)]
          })
      } ?? .null,
      "rows": rows(listedRows),
      "examples": .list(examples.map(document)),
    ]
  }

  private func optional(_ text: String?) -> JSONValue {
    text.map(JSONValue.string) ?? .null
  }

  private func document(_ drift: [Drift]) -> JSONValue {
    .object(
      drift.map {
        .init(
          name: $0.metric,
          value: ["old": $0.old?.document ?? .null, "new": $0.new?.document ?? .null])
      })
  }

  // MARK: Rows

  private func rows(_ limit: Int) -> JSONValue {
    var members: [JSONValue.Member] = []
    for kind in PairChange.allCases where kind != .unchanged {
      let changes = difference.changes.lazy.filter { $0.kind == kind }.prefix(limit)
      members.append(
        .init(
          name: kind.rawValue,
          value: .list(
            changes.map {
              let places = difference.places(of: $0)
              return document(old: places.old, new: places.new)
            })))
    }
    members.append(
      .init(
        name: "prompts_moved_split",
        value: .list(difference.movedPlaces.prefix(limit).map { document(old: $0, new: $1) })))
    members.append(
      .init(
        name: "prompts_added",
        value: .list(difference.addedPlaces.prefix(limit).map { document(old: nil, new: $0) })))
    members.append(
      .init(
        name: "prompts_removed",
        value: .list(difference.removedPlaces.prefix(limit).map { document(old: $0, new: nil) })))
    return .object(members)
  }

  private func document(old: Finding.Place?, new: Finding.Place?) -> JSONValue {
    func document(_ place: Finding.Place?) -> JSONValue {
      place.map { ["file": .string($0.file), "row": .integer($0.line)] } ?? .null
    }
    return ["old": document(old), "new": document(new)]
  }

  private func document(_ pair: ChangedPair) -> JSONValue {
    func document(_ version: ChangedPair.Version?) -> JSONValue {
      guard let version else { return .null }
      func text(_ bytes: [UInt8]) -> JSONValue {
        .string(String(decoding: bytes, as: UTF8.self))
      }
      return [
        "file": .string(version.place.file), "row": .integer(version.place.line),
        "prompt": text(version.prompt), "chosen": text(version.chosen),
        "rejected": text(version.rejected),
        "score_chosen": version.scores.map { .number($0.chosen) } ?? .null,
        "score_rejected": version.scores.map { .number($0.rejected) } ?? .null,
        "length_gap": .integer(Int(clamped: version.lengthGap)),
      ]
    }
    return [
      "change": .string(pair.kind.rawValue), "old": document(pair.old), "new": document(pair.new),
    ]
  }
}
