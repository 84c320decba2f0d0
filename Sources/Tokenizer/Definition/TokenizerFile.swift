internal import JSON

/// What a Hugging Face `tokenizer.json` says of how a text becomes tokens.
///
/// Byte-pair encoding with what models of that kind use: NFC, Replace and Prepend as normalizers;
/// Split, ByteLevel, Digits and Metaspace as pre-tokenizers; added tokens. Everything else is refused by
/// its name. What is done with tokens afterwards (`post_processor`, `decoder`, `truncation`,
/// `padding`) is not read.
package struct TokenizerFile: Sendable {
  /// Tokens that are looked for in the text as it is, and in the normalized one.
  let added: AddedTokens
  let normalizedAdded: AddedTokens
  let normalizations: [Normalization]
  let steps: [SplitStep]
  /// Whether the last step, which is not among ``steps``, spells bytes by characters.
  let spellsBytes: Bool
  let model: BytePairModel

  /// A larger file is refused.
  package static let byteLimit = 64 << 20

  /// Reads a file.
  ///
  /// - Parameter name: The file as errors name it.
  package init(_ bytes: [UInt8], named name: String) throws(TokenizerError) {
    do throws(TokenizerError) {
      try self.init(bytes)
    } catch {
      var error = error
      error.file = name
      throw error
    }
  }

  private init(_ bytes: [UInt8]) throws(TokenizerError) {
    let padded = bytes + [UInt8](repeating: 0, count: JSONScanner.paddingCount)
    let parsed = PaddedBytes.with(padded.span) { source -> Result<JSONValue, JSONFault> in
      // A merge is a list of two short strings, which are dense in a file of any size.
      do throws(JSONFault) {
        return .success(try JSONValue(parsing: source, isOurs: true))
      } catch {
        return .failure(error)
      }
    }
    var root: Fields
    switch parsed {
    case .success(let value): root = try Fields(value, at: "the file")
    case .failure(let fault):
      let line = bytes.prefix(fault.offset).count { $0 == 0x0A } + 1
      throw .malformed("line \(line): \(fault.message)")
    }
    if let version = try root.text("version"), !version.elementsEqual("1.0".utf8) {
      throw .unsupported("version \"\(String(decoding: version, as: UTF8.self))\"")
    }
    for unread in ["truncation", "padding", "post_processor", "decoder"] {
      _ = root.value(unread)
    }
    guard let model = root.value("model") else { throw root.missing("model") }
    normalizations =
      try root.value("normalizer").map { value throws(TokenizerError) in
        try Normalization.read(value, at: "normalizer")
      } ?? []
    var steps =
      try root.value("pre_tokenizer").map { value throws(TokenizerError) in
        try SplitStep.read(value, at: "pre_tokenizer")
      } ?? []
    if steps.contains(where: \.countsFirstPieces),
      !normalizations.isEmpty || !steps.dropFirst().allSatisfy(\.splitsAtMarks)
    {
      throw .unsupported("Metaspace with prepend_scheme \"first\" beside other steps")
    }
    if case .spelledBytes = steps.last {
      spellsBytes = true
      steps.removeLast()
    } else {
      spellsBytes = false
    }
    self.steps = steps
    self.model = try BytePairModel(reading: model, spellsBytes: spellsBytes)
    var added: (raw: [AddedTokens.Token], normalized: [AddedTokens.Token]) = ([], [])
    if let list = root.value("added_tokens") {
      added = try AddedTokens.read(list, normalizations)
    }
    self.added = AddedTokens(added.raw)
    normalizedAdded = AddedTokens(added.normalized)
    try root.finish()
  }
}

extension SplitStep {
  /// Whether it matters to the step which piece the text begins with.
  fileprivate var countsFirstPieces: Bool {
    if case .marks(_, .first) = self { true } else { false }
  }

  fileprivate var splitsAtMarks: Bool {
    if case .splitAtMarks = self { true } else { false }
  }
}
