/// A script, or two that are written together, by which languages can be distinguished roughly.
package enum WritingSystem: String, CaseIterable, Sendable {
  case latin, cyrillic, greek, hebrew, arabic, devanagari, bengali, tamil, telugu, thai, georgian
  case han
  /// Hiragana and Katakana.
  case kana
  case hangul
}
