import Foundation
import TestSupport

/// Scored generations that depend on a seed alone.
struct Generations {
  struct Answer {
    var text: String
    var reward: Double
  }

  struct Prompt {
    var id: String
    var text: String
    var answers: [Answer]
  }

  var prompts: [Prompt] = []

  /// - Parameter words: how many words the longest answers have.
  init(prompts count: Int, answers: Int = 4, words: Int = 60, seed: UInt64 = 1) {
    var random = SeededRandom(seed: seed)
    let vocabulary = [
      "plain", "caf\u{E9}", "\"quoted\"", "back\\slash", "tab\there", "line\nbreak", "\u{1F600}",
      "# head", "**bold**", "- item", "\u{4F60}\u{597D}", "a\u{0}b", "</s>", "end.",
    ]
    prompts = (0..<count).map { number in
      Prompt(
        id: "prompt-\(number)",
        text: "Question \(number) about \(vocabulary.randomElement(using: &random) ?? "")?",
        answers: (0..<answers).map { index in
          let length = Int.random(in: 1...words, using: &random)
          let text = (0..<length).map { _ in vocabulary.randomElement(using: &random) ?? "" }
          let noise = Double.random(in: -1...1, using: &random)
          return Answer(
            text: "\(index): " + text.joined(separator: " "),
            reward: Double(length) / Double(words) + noise)
        })
    }
  }

  /// A prompt a line.
  var nested: String {
    prompts.map { prompt in
      let texts = prompt.answers.map { Self.quoted($0.text) }.joined(separator: ", ")
      let rewards = prompt.answers.map { "\($0.reward)" }.joined(separator: ", ")
      return "{\(Self.head(prompt)), \"all_generated_responses\": [\(texts)], "
        + "\"all_rm_scores\": [\(rewards)]}\n"
    }.joined()
  }

  /// An answer a line, those to a prompt one after the other.
  var adjacent: String {
    prompts.map { prompt in prompt.answers.map { Self.row($0, of: prompt) }.joined() }.joined()
  }

  /// An answer a line, the first to every prompt, then the second to every prompt, and so on.
  var scattered: [String] {
    (0..<(prompts.first?.answers.count ?? 0)).map { index in
      prompts.map { Self.row($0.answers[index], of: $0) }.joined()
    }
  }

  /// The answers of ``scattered``, with the rewards of three models that like length more or less.
  var scatteredModels: [String] {
    scattered.enumerated().map { index, text in
      var random = SeededRandom(seed: UInt64(100 + index))
      return text.split(separator: "\n").map { line in
        let cut = line.range(of: "\"reward\": ")?.upperBound ?? line.endIndex
        let reward = Double(line[cut...].dropLast()) ?? .nan
        let others = (0..<2).map { _ in reward + Double.random(in: -1...1, using: &random) }
        let missing = Int.random(in: 0..<20, using: &random) == 0
        return line[..<cut]
          + "{\"a\": \(reward), \"b\": \(40 * others[0]), \"c\": \(missing ? "null" : "\(others[1])")}}\n"
      }.joined()
    }
  }

  private static func head(_ prompt: Prompt) -> String {
    "\"prompt_id\": \(quoted(prompt.id)), \"prompt\": \(quoted(prompt.text))"
  }

  private static func row(_ answer: Answer, of prompt: Prompt) -> String {
    "{\(head(prompt)), \"response\": \(quoted(answer.text)), \"reward\": \(answer.reward)}\n"
  }

  /// A JSON string in ASCII.
  private static func quoted(_ text: String) -> String {
    var json = "\""
    for unit in text.utf16 {
      switch unit {
      case 0x22: json += "\\\""
      case 0x5C: json += "\\\\"
      case 0x20..<0x7F: json.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
      default:
        let digits = String(unit, radix: 16)
        json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return json + "\""
  }
}
