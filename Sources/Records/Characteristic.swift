/// What biases a reward: a number that can be taken from every response.
package enum Characteristic: Hashable, Sendable {
  /// Unicode code points of the unescaped response, Python's `len`.
  case chars
  /// Bytes of the response in UTF-8.
  case bytes
  /// Runs of text between Unicode white space, Python's `len(text.split())`.
  case words
  /// Headers, list items and bold spans of Markdown, counted together.
  case markdown
  /// Headers of Markdown.
  case headers
  /// List items of Markdown.
  case lists
  /// Bold spans of Markdown.
  case bold
  /// Fenced code blocks of Markdown.
  case code
  /// Tokens of the response by a tokenizer's file, without special tokens around it.
  case tokens
  /// A number that the row carries, such as a token count, at a dotted path.
  case field(String)

  /// Those that every row has.
  package static let builtIn: [Characteristic] = [
    .chars, .bytes, .words, .markdown, .headers, .lists, .bold, .code, .tokens,
  ]

  /// The name as it stands in a configuration.
  package var name: String {
    switch self {
    case .chars: "chars"
    case .bytes: "bytes"
    case .words: "words"
    case .markdown: "markdown"
    case .headers: "headers"
    case .lists: "lists"
    case .bold: "bold"
    case .code: "code"
    case .tokens: "tokens"
    case .field(let path): "field:" + path
    }
  }

  /// Whether its values are whole numbers whatever the rows are.
  package var isCount: Bool { if case .field = self { false } else { true } }

  /// What it counts, for the axes of figures.
  package var unit: String {
    switch self {
    case .chars: "code points"
    case .bytes: "bytes"
    case .words: "words"
    case .markdown: "elements"
    case .headers: "headers"
    case .lists: "list items"
    case .bold: "bold spans"
    case .code: "code blocks"
    case .tokens: "tokens"
    case .field(let path): path
    }
  }
}
