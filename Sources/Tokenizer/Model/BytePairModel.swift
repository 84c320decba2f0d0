internal import Bytes

/// Byte-pair encoding: a vocabulary and the merges that make its longer tokens of shorter ones.
struct BytePairModel: Sendable {
  /// The tokens and their numbers, no number twice.
  let vocabulary: [[UInt8]: UInt32]
  let merges: MergeTable
  /// The tokens `<0x00>` to `<0xFF>` for characters that are not tokens; nil without fallback.
  let fallback: [UInt32?]?
  /// The token for what is none.
  let unknown: UInt32?
  /// Whether unknown characters side by side are one token.
  let fusesUnknown: Bool
  /// Whether a word that is a token stays whole, whatever its merges would make of it.
  let ignoresMerges: Bool
  /// Where words can be counted by themselves; nil where they cannot.
  let wordStarts: WordStarts?

  /// The tokens of one code point, and of bytes by the characters that stand for them.
  private let scalars: [UInt32: UInt32]
  /// The same of the first characters, and `UInt32.max` for none.
  private let firstScalars: [UInt32]
  private let bytes: [UInt32?]

  init(
    vocabulary: [[UInt8]: UInt32], merges: MergeTable, usesFallback: Bool, unknown: UInt32?,
    fusesUnknown: Bool, ignoresMerges: Bool, wordStarts: WordStarts?
  ) {
    self.vocabulary = vocabulary
    self.merges = merges
    self.unknown = unknown
    self.fusesUnknown = fusesUnknown
    self.ignoresMerges = ignoresMerges
    // Without a token for what is none, characters go missing, and others come to stand side by side.
    self.wordStarts =
      !ignoresMerges && unknown != nil && vocabulary[WordStarts.mark] != nil ? wordStarts : nil
    fallback = usesFallback ? (0...255).map { vocabulary[Self.fallbackName(of: $0)] } : nil
    var scalars: [UInt32: UInt32] = [:]
    for (token, number) in vocabulary where !token.isEmpty {
      let (scalar, length) = Scalars.scalar(in: token.span, at: 0)
      if length == token.count { scalars[scalar] = number }
    }
    self.scalars = scalars
    firstScalars = (0..<Self.firstCount).map { scalars[$0] ?? .max }
    bytes = ByteAlphabet.characters.map { scalars[$0.value] }
  }

  private static let firstCount: UInt32 = 0x3000

  private func token(of scalar: UInt32) -> UInt32? {
    guard scalar < Self.firstCount else { return scalars[scalar] }
    let token = firstScalars[Int(scalar)]
    return token == .max ? nil : token
  }

  /// Whether every byte has a token, so that nothing is unknown once bytes are spelled.
  var knowsAllBytes: Bool { bytes.allSatisfy { $0 != nil } }

  private static func fallbackName(of byte: Int) -> [UInt8] {
    let digits = String(byte, radix: 16, uppercase: true)
    return Array("<0x\(digits.count < 2 ? "0" : "")\(digits)>".utf8)
  }

  /// Puts the tokens of a word before any merge into `symbols`.
  ///
  /// - Parameter isSpelled: Whether the bytes are meant each by the character that stands for it.
  func begin(_ word: Span<UInt8>, isSpelled: Bool, _ symbols: inout [UInt32]) {
    symbols.removeAll(keepingCapacity: symbols.count < 1 << 16)
    // An unknown character waits for the next known one, as others may be fused with it.
    var isUnknownWaiting = false
    var place = 0
    while place < word.count {
      let token: UInt32?
      var length = 1
      if isSpelled {
        token = bytes[Int(word[place])]
      } else {
        let (scalar, count) = Scalars.scalar(in: word, at: place)
        (token, length) = (self.token(of: scalar), count)
      }
      if let token {
        if isUnknownWaiting, let unknown { symbols.append(unknown) }
        isUnknownWaiting = false
        symbols.append(token)
      } else if !appendFallback(word, place, length, isSpelled: isSpelled, &symbols) {
        if isUnknownWaiting, !fusesUnknown, let unknown { symbols.append(unknown) }
        isUnknownWaiting = unknown != nil
      }
      place += length
    }
    if isUnknownWaiting, let unknown { symbols.append(unknown) }
  }

  /// Spells a character by the tokens of its bytes, where there are all of them.
  private func appendFallback(
    _ word: Span<UInt8>, _ place: Int, _ length: Int, isSpelled: Bool, _ symbols: inout [UInt32]
  ) -> Bool {
    guard let fallback else { return false }
    var count = 0
    func append(_ byte: UInt8) -> Bool {
      guard let token = fallback[Int(byte)] else { return false }
      symbols.append(token)
      count += 1
      return true
    }
    let isWhole: Bool
    if isSpelled {
      let byte = [word[place]]
      isWhole = ByteAlphabet.spelled(byte.span).allSatisfy(append)
    } else {
      isWhole = (place..<(place + length)).allSatisfy { append(word[$0]) }
    }
    if !isWhole { symbols.removeLast(count) }
    return isWhole
  }

  /// Whether a word is a token that stays whole.
  func staysWhole(_ word: Span<UInt8>, isSpelled: Bool) -> Bool {
    guard ignoresMerges else { return false }
    return vocabulary[isSpelled ? ByteAlphabet.spelled(word) : Array(copying: word)] != nil
  }
}
