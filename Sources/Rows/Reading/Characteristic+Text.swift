package import Records
internal import Text

extension Characteristic {
  /// The characteristic of a text; nil for one that takes more than the text.
  package func value(of text: Span<UInt8>) -> Double? {
    switch self {
    case .chars: Double(CodePoints.count(text))
    case .bytes: Double(text.count)
    case .words: Double(Words.count(text))
    case .markdown: Double(Markdown(text).elements)
    case .headers: Double(Markdown(text).headers)
    case .lists: Double(Markdown(text).listItems)
    case .bold: Double(Markdown(text).boldSpans)
    case .code: Double(Markdown(text).codeBlocks)
    case .tokens, .field: nil
    }
  }
}
