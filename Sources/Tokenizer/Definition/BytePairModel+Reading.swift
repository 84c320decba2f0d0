internal import JSON

extension BytePairModel {
  /// Reads the model of a file.
  ///
  /// - Parameter spellsBytes: Whether its words are bytes by the characters that stand for them.
  init(reading value: JSONValue, spellsBytes: Bool) throws(TokenizerError) {
    var fields = try Fields(value, at: "model")
    if let type = try fields.text("type"), !type.elementsEqual("BPE".utf8) {
      throw .unsupported("the model \(String(decoding: type, as: UTF8.self))")
    }
    if let dropout = fields.value("dropout"), dropout.number != 0 {
      throw .unsupported("model.dropout")
    }
    for affix in ["continuing_subword_prefix", "end_of_word_suffix"] {
      if try fields.text(affix)?.isEmpty == false { throw .unsupported("model.\(affix)") }
    }
    let unknownName = try fields.text("unk_token")
    let fusesUnknown = try fields.truth("fuse_unk") ?? false
    let usesFallback = try fields.truth("byte_fallback") ?? false
    let ignoresMerges = try fields.truth("ignore_merges") ?? false
    let vocabulary = try Self.vocabulary(&fields)
    let (merges, wordStarts) = try Self.merges(&fields, vocabulary)
    try fields.finish()
    self.init(
      vocabulary: vocabulary, merges: merges, usesFallback: usesFallback,
      unknown: unknownName.flatMap { vocabulary[$0] }, fusesUnknown: fusesUnknown,
      ignoresMerges: ignoresMerges, wordStarts: wordStarts)
    if let unknownName, unknown == nil, !(spellsBytes && knowsAllBytes) {
      throw .malformed(
        "model.unk_token: \"\(String(decoding: unknownName, as: UTF8.self))\" is not in model.vocab"
      )
    }
  }

  private static func vocabulary(
    _ fields: inout Fields
  ) throws(TokenizerError) -> [[UInt8]: UInt32] {
    guard let value = fields.value("vocab") else { throw fields.missing("vocab") }
    guard let members = value.members else { throw fields.wrong("vocab", "an object", value) }
    var vocabulary: [[UInt8]: UInt32] = [:]
    vocabulary.reserveCapacity(members.count)
    var numbers: Set<UInt32> = []
    numbers.reserveCapacity(members.count)
    for member in members {
      guard case .integer(let integer) = member.value, let number = UInt32(exactly: integer),
        numbers.insert(number).inserted
      else {
        let name = String(decoding: member.name, as: UTF8.self)
        throw .malformed(
          "model.vocab: expected a whole number of its own for \"\(name)\", "
            + "found \(member.value.excerpt)")
      }
      vocabulary[member.name] = number
    }
    return vocabulary
  }

  private static func merges(
    _ fields: inout Fields, _ vocabulary: [[UInt8]: UInt32]
  ) throws(TokenizerError) -> (MergeTable, WordStarts?) {
    let list = try fields.requiredList("merges")
    var table = MergeTable(capacity: list.count)
    var joined: [[UInt8]] = []
    for (index, value) in list.enumerated() {
      guard let (left, right) = pair(value) else {
        throw .malformed(
          "model.merges[\(index)]: expected two tokens, as a list or with a space between, "
            + "found \(value.excerpt)")
      }
      guard let first = vocabulary[left], let second = vocabulary[right],
        let merged = vocabulary[left + right]
      else {
        throw .malformed(
          "model.merges[\(index)]: one of the tokens, or what they make, is not in model.vocab: "
            + value.excerpt)
      }
      table.insert(first, second, MergeTable.Merge(rank: UInt32(index), token: merged))
      if right.starts(with: WordStarts.mark) { joined.append(left) }
    }
    return (table, WordStarts(joined: joined))
  }

  private static func pair(_ value: JSONValue) -> (left: [UInt8], right: [UInt8])? {
    if let text = value.text {
      let parts = text.split(separator: 0x20, omittingEmptySubsequences: false)
      return parts.count == 2 ? (Array(parts[0]), Array(parts[1])) : nil
    }
    guard let elements = value.elements, elements.count == 2, let left = elements[0].text,
      let right = elements[1].text
    else { return nil }
    return (left, right)
  }
}
