internal import JSON
internal import Job
internal import Records
internal import Report
internal import Work

/// The report of a run but for the texts of the pairs that it shows.
package struct ReportDraft {
  /// A pair of a prompt, before and after.
  package struct Example: Sendable {
    struct Answer: Sendable {
      var candidate: UInt32
      var figures: String
    }

    struct Version: Sendable {
      var chosen: Answer
      var rejected: Answer
    }

    var title: String
    var prompt: UInt32
    /// Nil where there was none.
    var before: Version?
    var after: Version?
  }

  /// The page up to the examples, and what follows them.
  let head: String
  let tail: String
  let examples: [Example]

  /// - Parameter page: a page with a gap where the examples belong, if there are any.
  init(_ page: ReportPage, examples: [Example]) {
    (head, tail) = page.aroundGap
    self.examples = examples
  }

  /// The whole page.
  func page(showing texts: ExampleTexts, threads: Int) -> [UInt8] {
    // To find what differs in two long texts takes a while.
    let shown = Concurrent.map(examples, threads: threads) { $0.node(texts).html }
    return Array((head + shown.joined() + tail).utf8)
  }
}

extension ReportDraft.Example {
  fileprivate func node(_ texts: ExampleTexts) -> Node {
    func answer(_ answer: Answer) -> PairComparison.Answer {
      PairComparison.Answer(
        text: String(decoding: texts.responses[answer.candidate] ?? [], as: UTF8.self),
        figures: answer.figures)
    }
    func version(_ name: String, _ version: Version?) -> PairComparison.Version? {
      version.map {
        PairComparison.Version(
          name: name, chosen: answer($0.chosen), rejected: answer($0.rejected))
      }
    }
    let turns = texts.prompts[prompt]?.messages ?? []
    return PairComparison(
      title: title,
      prompt: turns.map { String(decoding: $0.text, as: UTF8.self) }.joined(separator: "\n\n"),
      old: version("Before", before), new: version("After", after)
    ).node
  }
}

// MARK: As JSON

extension ReportDraft {
  var document: JSONValue {
    [
      "head": .string(head), "tail": .string(tail),
      "examples": .list(examples.map(\.document)),
    ]
  }

  init?(_ document: JSONValue) {
    guard let head = document.text("head"), let tail = document.text("tail"),
      let examples = document.list("examples", Example.init)
    else { return nil }
    self.head = head
    self.tail = tail
    self.examples = examples
  }
}

extension ReportDraft.Example {
  fileprivate var document: JSONValue {
    [
      "title": .string(title), "prompt": .integer(Int(prompt)),
      "before": before?.document ?? .null, "after": after?.document ?? .null,
    ]
  }

  fileprivate init?(_ document: JSONValue) {
    guard let title = document.text("title"), let prompt = document.integer("prompt") else {
      return nil
    }
    self.init(
      title: title, prompt: UInt32(clamping: prompt),
      before: document["before"].flatMap(Version.init),
      after: document["after"].flatMap(Version.init))
  }
}

extension ReportDraft.Example.Version {
  fileprivate var document: JSONValue {
    ["chosen": chosen.document, "rejected": rejected.document]
  }

  fileprivate init?(_ document: JSONValue) {
    typealias Answer = ReportDraft.Example.Answer
    guard let chosen = document["chosen"].flatMap(Answer.init),
      let rejected = document["rejected"].flatMap(Answer.init)
    else { return nil }
    self.init(chosen: chosen, rejected: rejected)
  }
}

extension ReportDraft.Example.Answer {
  fileprivate var document: JSONValue {
    ["candidate": .integer(Int(candidate)), "figures": .string(figures)]
  }

  fileprivate init?(_ document: JSONValue) {
    guard let candidate = document.integer("candidate"), let figures = document.text("figures")
    else { return nil }
    self.init(candidate: UInt32(clamping: candidate), figures: figures)
  }
}
