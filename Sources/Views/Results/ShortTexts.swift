/// Texts that are shortened in the middle, so that two that differ are never shown as the same.
enum ShortTexts {
  /// Longer ones are shortened.
  static let limit = 40
  private static let headCount = 12
  private static let partCount = 12

  /// Two texts, of which one may be missing.
  static func pair(_ old: String?, _ new: String?) -> (old: String?, new: String?) {
    (old.map { short($0, besides: new) }, new.map { short($0, besides: old) })
  }

  /// The beginning of a text, what differs from another, and the end.
  private static func short(_ text: String, besides other: String?) -> String {
    let characters = Array(text)
    guard characters.count > limit else { return text }
    let others = Array(other ?? "")
    let same = zip(characters, others).prefix { $0 == $1 }.count
    let sameAtEnd = zip(characters[same...].reversed(), others.dropFirst(same).reversed())
      .prefix { $0 == $1 }.count
    // What is between the parts that both have, with a little before it.
    let start = other == nil ? characters.count : same
    let end = max(start, characters.count - sameAtEnd)
    var shown = Set(0..<headCount)
    if end - start <= 2 * partCount {
      shown.formUnion(max(0, start - 2)..<end)
    } else {
      shown.formUnion(max(0, start - 2)..<(start + partCount))
      shown.formUnion((end - partCount)..<end)
    }
    // A digest is recognized by its beginning, a path by its end.
    if start > headCount { shown.formUnion((characters.count - partCount)..<characters.count) }
    var result = ""
    var last = -1
    for place in shown.sorted() where place < characters.count {
      if place > last + 1 { result += "…" }
      result.append(characters[place])
      last = place
    }
    return last < characters.count - 1 ? result + "…" : result
  }
}
