internal import Bytes
internal import Hashing

/// The words of a text with their numbers, to find texts that are nearly the same.
///
/// One bag serves for one text after the other; its memory is used again.
struct WordBag {
  /// A place in the table, whose size is a power of two.
  private struct Slot {
    var word: UInt64 = 0
    /// How many of the word have not been taken yet.
    var count: Int32 = 0
    /// The text that it was filled for.
    var text: UInt32 = 0
  }

  private var slots = [Slot](repeating: Slot(), count: 1 << 10)
  private var text: UInt32 = 0

  /// The least share of common words that makes two answers nearly identical.
  static let nearlyIdenticalShare = 0.9

  /// Whether two different answers share at least nine tenths of their words: the Jaccard
  /// similarity of the multisets of words between spaces.
  mutating func areNearlyIdentical(_ first: Span<UInt8>, _ second: Span<UInt8>) -> Bool {
    // Texts of very different sizes need no look at their words.
    guard 2 * min(first.count, second.count) >= max(first.count, second.count),
      !first.equals(second)
    else { return false }
    // Texts with many more words than the other share too few of them.
    let (one, two) = (first.countOfRuns(above: 0x20), second.countOfRuns(above: 0x20))
    guard Double(min(one, two)) >= Self.nearlyIdenticalShare * Double(max(one, two)) else {
      return false
    }
    fill(first, count: one)
    func isEnough(_ common: Int) -> Bool {
      Double(common) >= Self.nearlyIdenticalShare * Double(one + two - common)
    }
    var (common, left) = (0, two)
    Self.forEachWord(second) { word in
      left -= 1
      if take(word) { common += 1 }
      // It goes on while what is left may be enough.
      return isEnough(common + left)
    }
    return isEnough(common)
  }

  // MARK: The table

  private mutating func fill(_ words: Span<UInt8>, count: Int) {
    if 2 * count > slots.count || text == .max {
      var size = slots.count
      while size < 2 * count { size *= 2 }
      slots = [Slot](repeating: Slot(), count: size)
      text = 0
    }
    text += 1
    Self.forEachWord(words) { word in
      let place = place(of: word)
      if slots[place].text == text {
        slots[place].count += 1
      } else {
        slots[place] = Slot(word: word, count: 1, text: text)
      }
      return true
    }
  }

  private mutating func take(_ word: UInt64) -> Bool {
    let place = place(of: word)
    guard slots[place].text == text, slots[place].count > 0 else { return false }
    slots[place].count -= 1
    return true
  }

  /// Where a word is, or where it would be.
  private func place(of word: UInt64) -> Int {
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: word) & mask
    while slots[place].text == text, slots[place].word != word { place = (place + 1) & mask }
    return place
  }

  // MARK: Words

  /// Visits the fingerprint of each word until told to end.
  private static func forEachWord(_ text: Span<UInt8>, _ visit: (UInt64) -> Bool) {
    var start: Int?
    for index in 0...text.count {
      if index < text.count, text[index] > 0x20 {
        if start == nil { start = index }
      } else if let first = start {
        start = nil
        guard visit(Fingerprint.of(text.extracting(first..<index).bytes)) else { return }
      }
    }
  }
}
