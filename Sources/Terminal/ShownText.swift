internal import Records

/// Text for people, in which nothing steers a terminal but what this program means to.
///
/// The streams take no other text, so names, paths and values of data cannot get past it.
package struct ShownText: ExpressibleByStringLiteral {
  package private(set) var text: String

  /// A text of some lines.
  package init(_ text: String) { self.text = text.shownInLines }

  /// A text that stays on its line, whatever data it holds.
  package init(line: String) { text = line.shown }

  /// The program's own words, with what they have a terminal do.
  package init(stringLiteral text: StaticString) {
    self.text = text.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }
  }

  package static func + (first: ShownText, second: ShownText) -> ShownText {
    var joined = first
    joined.text += second.text
    return joined
  }

  package static func += (first: inout ShownText, second: ShownText) { first.text += second.text }
}
