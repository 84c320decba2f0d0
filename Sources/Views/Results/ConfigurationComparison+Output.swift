package import JSON
internal import Job
internal import Settings

extension ConfigurationComparison {
  /// What `config diff` prints for people.
  package var text: String {
    var text = ""
    for difference in differences {
      text += "\(difference.key)\n"
      for (sign, value) in [("-", difference.old), ("+", difference.new)] {
        let shown = value.value.map { "\($0.flowText)  # \(value.origin)" } ?? value.origin
        text += "  \(sign) \(shown)\n"
      }
    }
    if differences.isEmpty {
      text += "\(old.name) and \(new.name): the same settings\n"
    } else {
      text = "--- \(old.name)\n+++ \(new.name)\n" + text
    }
    if !uncompared.isEmpty {
      text +=
        "not compared, as one of them does not record it: "
        + uncompared.joined(separator: ", ") + "\n"
    }
    for side in [old, new] where !side.unknownKeys.isEmpty {
      text +=
        "\(side.name) records what this version does not know: "
        + side.unknownKeys.joined(separator: ", ") + "\n"
    }
    return text
  }

  /// What `--json` prints.
  package var document: JSONValue {
    func list(_ keys: [String]) -> JSONValue { .list(keys.map(JSONValue.string)) }
    func side(_ value: Value) -> JSONValue {
      [
        "value": value.value.map { JSONValue($0) } ?? .null, "is_set": .bool(value.value != nil),
        "origin": .string(value.origin),
      ]
    }
    return [
      "old": .string(old.name), "new": .string(new.name), "same": .bool(differences.isEmpty),
      "settings": .list(
        differences.map {
          ["key": .string($0.key), "old": side($0.old), "new": side($0.new)]
        }),
      "uncompared": list(uncompared),
      "unknown": ["old": list(old.unknownKeys), "new": list(new.unknownKeys)],
    ]
  }
}
