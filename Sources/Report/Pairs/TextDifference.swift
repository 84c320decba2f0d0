/// What differs between two texts, word by word.
struct TextDifference {
  /// A run of words, in one of the texts only or in both.
  struct Run: Equatable {
    var text: String
    var isCommon: Bool
  }

  /// The first text in runs, and the second.
  let old: [Run]
  let new: [Run]

  /// Fewer words in common between two differences are taken for chance.
  private static let leastCommonWords = 3

  init(_ old: String, _ new: String) {
    let (oldWords, newWords) = (Self.words(of: old), Self.words(of: new))
    var (isOldCommon, isNewCommon) = (
      [Bool](repeating: true, count: oldWords.count),
      [Bool](repeating: true, count: newWords.count)
    )
    // Numbers are compared many times faster than words.
    var numbers: [[UInt8]: Int] = [:]
    func number(_ word: Substring.UnicodeScalarView) -> Int {
      let bytes = Array(Substring(word).utf8)
      if let number = numbers[bytes] { return number }
      numbers[bytes] = numbers.count
      return numbers.count - 1
    }
    let oldNumbers = oldWords.map(number)
    let changes = newWords.map(number).difference(from: oldNumbers)
    for change in changes {
      switch change {
      case .remove(let place, _, _): isOldCommon[place] = false
      case .insert(let place, _, _): isNewCommon[place] = false
      }
    }
    // Common words come in the same order on both sides.
    let oldPlaces = isOldCommon.indices.filter { isOldCommon[$0] }
    let newPlaces = isNewCommon.indices.filter { isNewCommon[$0] }
    var first = 0
    while first < oldPlaces.count {
      var last = first
      while last + 1 < oldPlaces.count, oldPlaces[last + 1] == oldPlaces[last] + 1,
        newPlaces[last + 1] == newPlaces[last] + 1
      {
        last += 1
      }
      let touchesEnd =
        (oldPlaces[first] == 0 && newPlaces[first] == 0)
        || (oldPlaces[last] == oldWords.count - 1 && newPlaces[last] == newWords.count - 1)
      if last - first + 1 < Self.leastCommonWords, !touchesEnd {
        for place in first...last {
          isOldCommon[oldPlaces[place]] = false
          isNewCommon[newPlaces[place]] = false
        }
      }
      first = last + 1
    }
    self.old = Self.runs(oldWords, isOldCommon)
    self.new = Self.runs(newWords, isNewCommon)
  }

  /// The text in words, each with the white space after it.
  private static func words(of text: String) -> [Substring.UnicodeScalarView] {
    var words: [Substring.UnicodeScalarView] = []
    let scalars = text.unicodeScalars
    var start = scalars.startIndex
    var isAfterSpace = false
    for place in scalars.indices {
      let isSpace = scalars[place].properties.isWhitespace
      if isAfterSpace, !isSpace {
        words.append(scalars[start..<place])
        start = place
      }
      isAfterSpace = isSpace
    }
    if start < scalars.endIndex { words.append(scalars[start...]) }
    return words
  }

  private static func runs(_ words: [Substring.UnicodeScalarView], _ isCommon: [Bool]) -> [Run] {
    var runs: [Run] = []
    for (word, isCommon) in zip(words, isCommon) {
      if runs.last?.isCommon == isCommon {
        runs[runs.count - 1].text.unicodeScalars += word
      } else {
        runs.append(Run(text: String(word), isCommon: isCommon))
      }
    }
    return runs
  }
}
