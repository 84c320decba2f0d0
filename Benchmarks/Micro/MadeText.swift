internal import Records
internal import TestSupport

/// Text to measure with: words after Zipf's law, lists, quotes, some of it beyond ASCII.
struct MadeText {
  private static let commonWords: [String] =
    "the of and to in is that it for as with answer model because number value when example two"
    .split(separator: " ").map(String.init)
    + ["größer", "naïve", "“so”", "数学", "→", "😀", "\"quoted\"", "a\\b", "**bold**"]
  private static let wordCount = 4000
  private static let logarithmOfWordCount = 8.29404964010203

  private var random: SeededRandom
  private var words = MadeText.commonWords

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
    while words.count < Self.wordCount {
      let letters = (0..<(3 + random.below(8))).map { _ in
        UInt8(ascii: "a") + UInt8(random.below(26))
      }
      words.append(String(decoding: letters, as: UTF8.self))
    }
  }

  /// Text of about so many bytes.
  mutating func text(byteCount: Int) -> String {
    var text = ""
    while text.utf8.count < byteCount {
      // The logarithm of the rank is uniform, which is Zipf's law.
      let part = Double.random(in: 0..<1, using: &random)
      text += words[Int(exponential(part * Self.logarithmOfWordCount)) - 1]
      switch random.below(60) {
      case 0: text += ".\n\n- "
      case 1...4: text += ", "
      case 5...7: text += ". "
      default: text += " "
      }
    }
    return text
  }

  /// The length of a response in code points, about log-normal around 1,300, at most 9,000.
  mutating func responseLength() -> Int {
    var length = 1300.0
    // Twelve uniform numbers make a normal one; each factor is a little above or below 1.
    let exponent = 0.55 * random.normal()
    length *= exponential(exponent)
    return Int(min(9000, length))
  }

  /// A reward that rises with length and levels off.
  mutating func reward(length: Int) -> Double {
    1.5 * (1 - exponential(-Double(length) / 1200)) + random.normal()
  }

  /// A nested row of JSON with five candidates.
  ///
  /// - Parameter isEscaped: Whether what is not ASCII is written as `\uXXXX`.
  mutating func row(_ number: Int, isEscaped: Bool) -> String {
    var responses: [String] = []
    var rewards: [String] = []
    for _ in 0..<5 {
      let length = responseLength()
      responses.append(quoted(text(byteCount: length), isEscaped: isEscaped))
      rewards.append("\(reward(length: length))")
    }
    return "{\"prompt_id\": \"\(number)\", \"prompt\": "
      + quoted(text(byteCount: 300), isEscaped: isEscaped)
      + ", \"all_generated_responses\": [\(responses.joined(separator: ", "))]"
      + ", \"all_rm_scores\": [\(rewards.joined(separator: ", "))]}\n"
  }

  private func quoted(_ text: String, isEscaped: Bool) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": quoted += "\\n"
      case "\"", "\\":
        quoted += "\\"
        quoted.unicodeScalars.append(scalar)
      case _ where isEscaped && !scalar.isASCII:
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// e to the power of `x`, the same on every machine and with every C library.
  private func exponential(_ x: Double) -> Double {
    // (e^(x/1024))^1024 by the first terms of the series, squared ten times.
    let step = x / 1024
    var value = 1 + step * (1 + step / 2 * (1 + step / 3 * (1 + step / 4)))
    for _ in 0..<10 { value *= value }
    return value
  }
}
