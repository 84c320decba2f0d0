/// What regular expressions may ask of the tables of Unicode.
///
/// Releases of Oniguruma have different ones. ``NewerCharacters`` makes up for that where a character's general
/// category decides, or whether it is of the script Han; other classes would count otherwise here and there.
enum PatternTables {
  /// General categories by their short names.
  static let categories: Set<String> = [
    "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc",
    "Pd",
    "Ps", "Pe", "Pi", "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp", "Cc",
  ]
  /// The scripts of patterns in use, of which none has a letter of ASCII.
  static let scripts: Set<String> = [
    "Han", "Hiragana", "Katakana", "Hangul", "Thai", "Arabic", "Hebrew", "Cyrillic", "Greek",
    "Devanagari", "Bengali", "Tamil", "Telugu", "Khmer", "Lao", "Myanmar", "Tibetan",
  ]
  /// The same by other names.
  private static let others: Set<String> = [
    "Letter", "Mark", "Number", "Punctuation", "Symbol", "Separator", "Latin",
  ]

  /// The first part of an expression that counts must not rest on; nil where there is none.
  static func disputed(in source: String) -> String? {
    var brackets = source[...]
    while let start = brackets.firstRange(of: "[:") {
      brackets = brackets[start.upperBound...]
      let inner = brackets.drop { $0 == "^" }
      let name = inner.prefix(while: \.isLetter)
      if !name.isEmpty, inner.dropFirst(name.count).hasPrefix(":]") { return "[:\(name):]" }
    }
    var rest = source[...]
    while let escape = rest.firstIndex(of: "\\") {
      rest = rest[escape...].dropFirst()
      guard let kind = rest.popFirst() else { return nil }
      if kind == "R" { return "\\R" }
      guard kind == "p" || kind == "P", rest.first == "{", let end = rest.firstIndex(of: "}") else {
        continue
      }
      let name = rest[..<end].dropFirst().drop { $0 == "^" }
      let isKnown = [categories, scripts, others].contains { $0.contains(String(name)) }
      if !isKnown { return "\\\(kind){\(name)}" }
      rest = rest[end...]
    }
    return nil
  }
}
