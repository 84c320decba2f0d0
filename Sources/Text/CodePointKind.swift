internal import CUTF8Proc

/// What kind of character a code point is, by the first letter of its general category in Unicode.
package enum CodePointKind: Sendable {
  /// L: letters of all scripts, ideographs and syllables too.
  case letter
  /// M: marks that belong to the character before them.
  case mark
  /// N: digits and other numbers.
  case number
  /// Everything else, unassigned code points and lone surrogates too.
  case other

  package init(_ scalar: UInt32) {
    switch utf8proc_category(utf8proc_int32_t(bitPattern: scalar)) {
    case UTF8PROC_CATEGORY_LU, UTF8PROC_CATEGORY_LL, UTF8PROC_CATEGORY_LT, UTF8PROC_CATEGORY_LM,
      UTF8PROC_CATEGORY_LO:
      self = .letter
    case UTF8PROC_CATEGORY_MN, UTF8PROC_CATEGORY_MC, UTF8PROC_CATEGORY_ME: self = .mark
    case UTF8PROC_CATEGORY_ND, UTF8PROC_CATEGORY_NL, UTF8PROC_CATEGORY_NO: self = .number
    default: self = .other
    }
  }

  /// The one code point that is the lower case of another by Unicode's simple mapping; itself where
  /// it has none.
  package static func lowercased(_ scalar: UInt32) -> UInt32 {
    UInt32(bitPattern: utf8proc_tolower(utf8proc_int32_t(bitPattern: scalar)))
  }
}
