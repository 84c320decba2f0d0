package import Tokenizer

/// That the tokens of pairs are counted, too: by which tokenizer, and where a trainer cuts.
package struct TokenCounting: Sendable {
  package let tokenizer: TokenizerFile
  /// The tokens that a prompt and an answer may have together; nil for no limit.
  package let maxLength: Int?

  package init(_ tokenizer: TokenizerFile, maxLength: Int?) {
    self.tokenizer = tokenizer
    self.maxLength = maxLength
  }
}
