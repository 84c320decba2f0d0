internal import Records

extension Layout {
  /// Every layout as a table in Markdown, for the documentation.
  package static var markdownTable: String {
    var table = "| format | answers and scores | prompt | who has it |\n|---|---|---|---|\n"
    for layout in all {
      table +=
        "| `\(layout.format.rawValue)` | \(layout.answersInWords) | "
        + "\(layout.promptInWords) | \(layout.origin) |\n"
    }
    return table
  }

  private static func code(_ names: [String]) -> String {
    names.map { "`\($0)`" }.joined(separator: ", ")
  }

  private var answersInWords: String {
    switch answers {
    case .flat(let response, let reward): "an answer a row: \(Self.code([response, reward]))"
    case .lastTurn(let reward):
      "an answer a row: the last turn of \(Self.code(conversations)); `\(reward)`"
    case .nested(let responses, let rewards): "lists: \(Self.code([responses, rewards]))"
    case .rated(let responses, let ratings):
      "lists: `\(responses)`; the mean of \(Self.code(ratings))"
    case .numbered(let response, let rewards):
      "numbered or lettered: `\(response)_0`; "
        + Self.code(
          Self.numberedScores.map {
            $0.replacing("@", with: response).replacing("#", with: "0")
              .replacing("{}", with: rewards[0])
          })
    case .pair(let pairs):
      pairs.map { pair in
        "\(Self.code([pair.chosen, pair.rejected])); "
          + Self.code(
            pair.scores.map {
              $0.replacing("{}", with: Self.pairScores[0]).replacing("@", with: pair.sides.0)
            })
      }.joined(separator: " or ")
    }
  }

  private var promptInWords: String {
    switch answers {
    case .lastTurn: "the turns before the answer"
    default: Self.code(prompts + conversations.filter { !prompts.contains($0) })
    }
  }
}
