internal import Columns
internal import Hashing

/// What became of a labelled pair when its answers were looked for among the candidates.
package enum LabelMatch: Equatable, Sendable {
  /// Both are usable candidates of a prompt.
  case candidates(prompt: Int, better: Int, worse: Int)
  case missing(Reason)

  package enum Reason: String, CaseIterable, Sendable {
    /// Both answers are the same text.
    case sameAnswer = "same_answer"
    /// No prompt of the input is the label's.
    case unknownPrompt = "unknown_prompt"
    /// The prompt is there, but one of the answers is not.
    case unknownAnswer = "unknown_answer"
    /// Both answers are there, but one was left out for a reason that the ledger counts.
    case droppedAnswer = "dropped_answer"
    /// Several prompts of the input are the label's and have both answers.
    case ambiguousPrompt = "ambiguous_prompt"
  }

  /// A prompt under more ids than these is ambiguous without a closer look.
  private static let mostPrompts = 16

  private struct Key: Hashable {
    var prompt: Int
    var text: UInt64
  }

  /// Looks for the answers of labelled pairs.
  ///
  /// - Complexity: O(P + C + L) for P prompts, L labels and the C candidates of their prompts.
  static func matches(
    of labels: [LabelledPair], in table: CandidateTable, _ groups: CandidateGroups
  ) -> [LabelMatch] {
    guard !labels.isEmpty else { return [] }
    let prompts = prompts(of: labels, in: table)
    let texts = Set(labels.flatMap { [$0.better, $0.worse] })
    // Of candidates with the same answer the first that is usable counts.
    var candidates: [Key: Int] = [:]
    for prompt in Set(prompts.joined()) {
      for candidate in groups[prompt].lazy.map({ Int($0) }) {
        let key = Key(prompt: prompt, text: table.textFingerprints[candidate])
        guard texts.contains(key.text) else { continue }
        if let known = candidates[key], !table.rewards[known].isNaN { continue }
        candidates[key] = candidate
      }
    }
    return zip(labels, prompts).map { label, prompts in
      guard label.better != label.worse else { return .missing(.sameAnswer) }
      guard !prompts.isEmpty else { return .missing(.unknownPrompt) }
      let found = prompts.compactMap { prompt -> (prompt: Int, better: Int, worse: Int)? in
        guard let better = candidates[Key(prompt: prompt, text: label.better)],
          let worse = candidates[Key(prompt: prompt, text: label.worse)]
        else { return nil }
        return (prompt, better, worse)
      }
      guard let first = found.first else { return .missing(.unknownAnswer) }
      guard found.count == 1, prompts.count <= mostPrompts else {
        return .missing(.ambiguousPrompt)
      }
      guard !table.rewards[first.better].isNaN, !table.rewards[first.worse].isNaN else {
        return .missing(.droppedAnswer)
      }
      return .candidates(prompt: first.prompt, better: first.better, worse: first.worse)
    }
  }

  /// For each label the prompts that it may belong to: the one with its id, else those with its text.
  private static func prompts(
    of labels: [LabelledPair], in table: CandidateTable
  ) -> [[Int]] {
    let wanted = Set(labels.compactMap(\.prompt))
    var promptsOfText: [UInt64: [Int]] = [:]
    for prompt in 0..<table.promptCount {
      let text = table.promptFingerprints[prompt]
      if wanted.contains(text), promptsOfText[text, default: []].count <= mostPrompts {
        promptsOfText[text, default: []].append(prompt)
      }
    }
    return labels.map { label in
      if let prompt = label.id.flatMap(table.index.existingNumber) { return [prompt] }
      return label.prompt.flatMap { promptsOfText[$0] } ?? []
    }
  }
}
