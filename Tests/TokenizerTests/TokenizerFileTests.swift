import Testing

@testable import Tokenizer

@Suite struct TokenizerFileTests {
  /// A file of a few tokens with other parts in place of its own.
  private static func file(
    model: String =
      #"{"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2, "ü": 3, "▁": 4}, "merges": ["a b"]}"#,
    normalizer: String = "null", preTokenizer: String = "null", addedTokens: String = "[]",
    more: String = ""
  ) -> String {
    """
    {"version": "1.0", "truncation": null, "added_tokens": \(addedTokens),
    "normalizer": \(normalizer), "pre_tokenizer": \(preTokenizer), "model": \(model)\(more)}
    """
  }

  private static func count(_ text: String, by file: String) throws -> Int {
    try TokenCounter(TokenizerFile(Array(file.utf8), named: "t.json")).count(Array(text.utf8).span)
  }

  @Test func wordsMerge() throws {
    #expect(try Self.count("abab", by: Self.file()) == 2)
    #expect(try Self.count("aba", by: Self.file()) == 2)
    // What is not in the vocabulary vanishes where there is no token for it.
    #expect(try Self.count("azb", by: Self.file()) == 1)
  }

  /// A lone surrogate, three bytes in texts of JSON, counts as the U+FFFD that is written for it.
  @Test func surrogatesAreReplaced() throws {
    let model = #"{"vocab": {"a": 0, "\#u{FFFD}": 1, "\#u{D7FF}": 2}, "merges": []}"#
    let tokenizer = try TokenizerFile(Array(Self.file(model: model).utf8), named: "t.json")
    let text: [UInt8] = [0x61, 0xED, 0xA0, 0x80, 0xED, 0x9F, 0xBF, 0xED, 0xBF, 0xBF]
    #expect(try TokenCounter(tokenizer).count(text.span) == 4)
  }

  @Test(arguments: [
    (file(model: #"{"type": "Unigram", "vocab": []}"#), "the model Unigram is not supported"),
    (file(model: #"{"type": "WordPiece"}"#), "the model WordPiece"),
    (file(normalizer: #"{"type": "Lowercase"}"#), "the normalizer Lowercase"),
    (
      file(normalizer: #"{"type": "Sequence", "normalizers": [{"type": "NFC"}, {"type": "Nmt"}]}"#),
      "the normalizer Nmt"
    ),
    (file(preTokenizer: #"{"type": "Whitespace"}"#), "the pre-tokenizer Whitespace"),
    (
      file(preTokenizer: #"{"type": "Digits", "individual_digits": true, "extra": 1}"#),
      "pre_tokenizer.extra is not supported"
    ),
    (
      file(model: #"{"vocab": {}, "merges": [], "dropout": 0.1}"#), "model.dropout is not supported"
    ),
    (
      file(model: #"{"vocab": {}, "merges": [], "continuing_subword_prefix": "@@"}"#),
      "model.continuing_subword_prefix"
    ),
    (
      file(model: #"{"vocab": {"a": 0}, "merges": [], "end_of_word_suffix": "</w>"}"#),
      "model.end_of_word_suffix"
    ),
    (file(more: #", "new_part": {}"#), "the file.new_part is not supported"),
    (
      file(
        normalizer: #"{"type": "NFC"}"#,
        preTokenizer: """
          {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first"}
          """), "Metaspace with prepend_scheme \"first\""
    ),
    (#"{"version": "2.0", "model": {}}"#, "version \"2.0\" is not supported"),
  ])
  func whatIsNotCountedExactlyIsRefusedByName(file: String, message: String) throws {
    let error = #expect(throws: TokenizerError.self) {
      _ = try TokenizerFile(Array(file.utf8), named: "t.json")
    }
    #expect(error?.code == .unsupportedTokenizer)
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    #expect(error?.file == "t.json")
  }

  @Test(arguments: [
    ("", "line 1: "), ("[1]", "the file: expected an object"), ("{}", "lacks the field \"model\""),
    ("{\"model\": {}\n,}", "line 2: not valid JSON"),
    (
      file(model: #"{"vocab": {"a": 0, "b": 0}, "merges": []}"#),
      "a whole number of its own for \"b\""
    ),
    (file(model: #"{"vocab": {"a": -1}, "merges": []}"#), "\"a\", found -1"),
    (file(model: #"{"vocab": {"a": 4294967296}, "merges": []}"#), "found 4294967296"),
    (file(model: #"{"vocab": {"a": 0}, "merges": ["a a"]}"#), "model.merges[0]"),
    (file(model: #"{"vocab": {"a": 0}, "merges": ["a"]}"#), "model.merges[0]"),
    (file(model: #"{"vocab": {"a": 0}, "merges": [["a"]]}"#), "model.merges[0]"),
    (file(model: #"{"vocab": {"a": 0}}"#), "model lacks the field \"merges\""),
    (file(model: #"{"vocab": {"a": 0}, "merges": [], "unk_token": "<unk>"}"#), "model.unk_token"),
    (
      file(
        preTokenizer: """
          {"type": "Split", "pattern": {"Regex": "(a"}, "behavior": "Isolated", "invert": false}
          """), "pre_tokenizer.pattern: not a regular expression of Oniguruma"
    ),
    (
      file(
        preTokenizer: """
          {"type": "Split", "pattern": {"String": "a"}, "behavior": "Odd", "invert": false}
          """), "expected one of Removed, Isolated"
    ),
    (file(addedTokens: #"[{"content": 1}]"#), "added_tokens[0].content: expected a string"),
    (file(addedTokens: "{}"), "added_tokens: expected a list"),
    (String(repeating: "[", count: 100_000), "nested deeper"),
  ])
  func damageIsToldWithItsPlace(file: String, message: String) throws {
    let error = #expect(throws: TokenizerError.self) {
      _ = try TokenizerFile(Array(file.utf8), named: "t.json")
    }
    #expect(error?.code == .malformedTokenizer)
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  /// Patterns that would run or grow for ever end in an error.
  @Test func hostilePatternsEnd() throws {
    func split(_ pattern: String) -> String {
      Self.file(
        preTokenizer: """
          {"type": "Split", "pattern": {"Regex": "\(pattern)"}, "behavior": "Isolated", "invert": false}
          """)
    }
    let error = #expect(throws: TokenizerError.self) {
      _ = try Self.count(String(repeating: "a", count: 5000), by: split("(a|aa)+$b"))
    }
    #expect(error?.code == .patternTooSlow)
    let large = #expect(throws: TokenizerError.self) {
      _ = try Self.count("a", by: split("((a{1000}){1000}){1000}"))
    }
    #expect(large?.code == .unsupportedTokenizer)
  }

  /// Replacing that multiplies a text with every step ends in an error.
  @Test func textsDoNotGrowWithoutEnd() throws {
    let step = #"{"type": "Replace", "pattern": {"String": "a"}, "content": "aaaaaaaaaa"}"#
    let steps = Array(repeating: step, count: 9).joined(separator: ", ")
    let error = #expect(throws: TokenizerError.self) {
      _ = try Self.count(
        "a", by: Self.file(normalizer: #"{"type": "Sequence", "normalizers": [\#(steps)]}"#))
    }
    #expect(error?.code == .textTooLong)
  }

  /// A long word takes no longer than its merges do.
  @Test(.timeLimit(.minutes(1))) func longWordsAreCounted() throws {
    #expect(try Self.count(String(repeating: "ab", count: 100_000), by: Self.file()) == 100_000)
  }
}
