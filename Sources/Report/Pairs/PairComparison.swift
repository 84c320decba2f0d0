/// A pair in two versions, side by side.
package struct PairComparison {
  package struct Answer {
    package var text: String
    /// Reward, score, length and the like, in a few words.
    package var figures: String

    package init(text: String, figures: String) {
      self.text = text
      self.figures = figures
    }
  }

  package struct Version {
    /// Such as `Before calibration`.
    package var name: String
    package var chosen: Answer
    package var rejected: Answer

    package init(name: String, chosen: Answer, rejected: Answer) {
      self.name = name
      self.chosen = chosen
      self.rejected = rejected
    }
  }

  package var title: String
  package var prompt: String
  /// nil where there was no pair.
  package var old: Version?
  package var new: Version?

  package init(title: String, prompt: String, old: Version?, new: Version?) {
    self.title = title
    self.prompt = prompt
    self.old = old
    self.new = new
  }

  /// The most UTF-8 bytes that are shown of a prompt and of an answer.
  private static let promptLimit = 1500
  private static let answerLimit = 3000

  /// The pair, differences marked.
  package var node: Node {
    tag("article", ["class": "pair"]) {
      tag("h3") { title }
      let prompt = prompt.cut(toBytes: Self.promptLimit)
      Self.box("answer prompt", prompt) { prompt }
      tag("div", ["class": "versions"]) {
        answers("chosen", \.chosen)
        answers("rejected", \.rejected)
      }
    }
  }

  /// The old and the new answer of a role.
  @NodeBuilder
  private func answers(_ role: String, _ answer: (Version) -> Answer) -> [Node] {
    let (before, after) = (old.map(answer), new.map(answer))
    if let old, let new, let before, let after, before.text == after.text {
      Self.node(
        "\(old.name) and \(new.name.lowercased())", role, kind: "version same",
        figures: before.figures == after.figures
          ? [before.figures] : [before.figures, after.figures],
        runs: [.init(text: Self.shown(after), isCommon: true)], mark: "ins")
    } else {
      let (first, second) = (before.map(Self.shown), after.map(Self.shown))
      // Without a counterpart nothing is marked.
      let difference = TextDifference(first ?? second ?? "", second ?? first ?? "")
      if let old, let before {
        Self.node(
          old.name, role, kind: "version", figures: [before.figures], runs: difference.old,
          mark: "del")
      }
      if let new, let after {
        Self.node(
          new.name, role, kind: "version", figures: [after.figures], runs: difference.new,
          mark: "ins")
      }
    }
  }

  /// Whether paper has more lines of the text than a third of a page has room for, which fades there.
  private static func isLong(_ text: String) -> Bool {
    let lineLength = 60
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.reduce(0) { $0 + 1 + $1.utf8.count / lineLength } > 24
  }

  /// - Parameter text: that the content has.
  private static func box(
    _ kind: String, _ text: String, @NodeBuilder _ content: () -> [Node]
  ) -> Node {
    tag(
      "div", ["class": isLong(text) ? "\(kind) long" : kind, "dir": "auto", "tabindex": "0"],
      content)
  }

  private static func shown(_ answer: Answer) -> String { answer.text.cut(toBytes: answerLimit) }

  private static func node(
    _ name: String, _ role: String, kind: String, figures: [String], runs: [TextDifference.Run],
    mark: String
  ) -> Node {
    tag("div", ["class": kind]) {
      tag("h4") {
        "\(name): "
        tag("span", ["class": role]) { role }
      }
      for line in figures { tag("div", ["class": "note"]) { line } }
      Self.box("answer", runs.map(\.text).joined()) {
        for run in runs {
          if run.isCommon { run.text } else { tag(mark) { run.text } }
        }
      }
    }
  }
}
