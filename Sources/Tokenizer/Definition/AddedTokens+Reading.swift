internal import JSON

extension AddedTokens {
  /// Reads added tokens: those that are looked for in the text as it is, and those in the normalized.
  static func read(
    _ value: JSONValue, _ normalizations: [Normalization]
  ) throws(TokenizerError) -> (raw: [Token], normalized: [Token]) {
    guard let list = value.elements else {
      throw .malformed("added_tokens: expected a list, found \(value.excerpt)")
    }
    let search = PatternSearch()
    // Of equal contents the last counts, for all that is said of it.
    var places: [[UInt8]: Int] = [:]
    var found: [(token: Token, isNormalized: Bool)] = []
    for (index, value) in list.enumerated() {
      var fields = try Fields(value, at: "added_tokens[\(index)]")
      var token = Token(content: try fields.requiredText("content"))
      guard token.content.count <= longest else {
        throw .malformed("\(fields.place): a token of more than \(longest) bytes")
      }
      token.isSingleWord = try fields.truth("single_word") ?? false
      token.takesLeft = try fields.truth("lstrip") ?? false
      token.takesRight = try fields.truth("rstrip") ?? false
      let isNormalized = try fields.truth("normalized") ?? true
      // The number, and whether decoding shows it.
      for unread in ["id", "special"] { _ = fields.value(unread) }
      try fields.finish()
      guard !token.content.isEmpty else { continue }
      if let earlier = places[token.content] {
        found[earlier] = (token, isNormalized)
      } else {
        places[token.content] = found.count
        found.append((token, isNormalized))
      }
    }
    var normalized: [Token] = []
    var contents: Set<[UInt8]> = []
    for entry in found where entry.isNormalized {
      var token = entry.token
      token.content = try normalizations.applied(to: token.content, search)
      guard !token.content.isEmpty, contents.insert(token.content).inserted else {
        throw .malformed(
          "added_tokens: the normalizer leaves nothing of a token, or makes two the same")
      }
      normalized.append(token)
    }
    return (found.filter { !$0.isNormalized }.map(\.token), normalized)
  }
}
