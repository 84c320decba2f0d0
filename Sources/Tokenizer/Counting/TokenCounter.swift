internal import Bytes

/// Counts the tokens of texts, one after the other, on one thread.
///
/// The counts are those of `tokenizers`' `encode(text, add_special_tokens=False)`. It keeps the counts
/// of short pieces, one MiB, and the memory for the longest text so far.
package final class TokenCounter {
  private let tokenizer: TokenizerFile
  private let search = PatternSearch()
  private var cache = PieceCache()
  private var merger = PairMerger()
  private var symbols: [UInt32] = []
  private var total = 0

  package init(_ tokenizer: TokenizerFile) { self.tokenizer = tokenizer }

  /// How many tokens a text has.
  ///
  /// - Parameter text: UTF-8; a lone surrogate, three bytes, counts as U+FFFD.
  /// - Throws: ``TokenizerError`` where a pattern of the file takes too many steps.
  package func count(_ text: Span<UInt8>) throws(TokenizerError) -> Int {
    if let replaced = Self.replacingSurrogates(text) { return try count(replaced.span) }
    total = 0
    total += try tokenizer.added.split(text) { (range) throws(TokenizerError) in
      let part = text.extracting(range)
      let isFirst = range.lowerBound == 0
      guard !tokenizer.normalizations.isEmpty else { return try cut(part, isFirst: isFirst) }
      let normalized = try tokenizer.normalizations.applied(to: Array(copying: part), search)
      try cut(normalized.span, isFirst: isFirst)
    }
    return total
  }

  /// A text with U+FFFD for lone surrogates; nil where it has none.
  private static func replacingSurrogates(_ text: Span<UInt8>) -> [UInt8]? {
    var place = 0
    var replaced: [UInt8]?
    while let lead = text.firstIndex(of: 0xED, from: place) {
      place = lead + 3
      guard lead + 2 < text.count, text[lead + 1] >= 0xA0 else { continue }
      if replaced == nil { replaced = Array(copying: text) }
      replaced?.replaceSubrange(lead..<place, with: [0xEF, 0xBF, 0xBD])
    }
    return replaced
  }

  /// Counts a text that is normalized already.
  private func cut(_ text: Span<UInt8>, isFirst: Bool) throws(TokenizerError) {
    total += try tokenizer.normalizedAdded.split(text) { (range) throws(TokenizerError) in
      try count(text.extracting(range), from: 0, isFirst: isFirst && range.lowerBound == 0)
    }
  }

  /// Counts a piece, from a step on.
  ///
  /// - Parameter isFirst: Whether the whole text begins with the piece.
  private func count(
    _ piece: Span<UInt8>, from step: Int, isFirst: Bool = false
  ) throws(TokenizerError) {
    guard !piece.isEmpty else { return }
    guard step < tokenizer.steps.count else { return countWords(piece) }
    switch tokenizer.steps[step] {
    case .pattern(let pattern, .isolated, _):
      let shown = NewerCharacters.replaced(in: piece)
      var place = 0
      func part(_ range: Range<Int>) throws(TokenizerError) {
        if place < range.lowerBound {
          try count(piece.extracting(place..<range.lowerBound), from: step + 1)
        }
        place = range.upperBound
        try count(piece.extracting(range), from: step + 1)
      }
      if let shown {
        try search.forEachMatch(of: pattern, in: shown.span, part)
      } else {
        try search.forEachMatch(of: pattern, in: piece, part)
      }
      try count(piece.extracting(place..<piece.count), from: step + 1)
    case .pattern(let pattern, let behavior, let inverted):
      let shown = NewerCharacters.replaced(in: piece)
      try split(piece, behavior, inverted: inverted, step) { (match) throws(TokenizerError) in
        if let shown {
          try search.forEachMatch(of: pattern, in: shown.span, match)
        } else {
          try search.forEachMatch(of: pattern, in: piece, match)
        }
      }
    case .literal(let text, let behavior, let inverted):
      try split(piece, behavior, inverted: inverted, step) { (match) throws(TokenizerError) in
        var place = 0
        while let start = piece.place(of: text, from: place) {
          place = start + text.count
          try match(start..<place)
        }
      }
    case .digits(let behavior):
      try split(piece, behavior, inverted: false, step) { (match) throws(TokenizerError) in
        var place = 0
        while place < piece.count {
          let (scalar, length) = Scalars.scalar(in: piece, at: place)
          if Scalars.isNumeric(scalar) { try match(place..<(place + length)) }
          place += length
        }
      }
    case .prefixSpace:
      guard piece[0] != 0x20 else { return try count(piece, from: step + 1) }
      let prefixed = [0x20] + Array(copying: piece)
      try count(prefixed.span, from: step + 1)
    case .spelledBytes:
      try count(ByteAlphabet.spelled(piece).span, from: step + 1)
    case .marks(let mark, let prefix):
      let marked = try Normalization.replaceText([0x20], with: mark)
        .applied(to: Array(copying: piece), search)
      let wantsMark = prefix == .always || prefix == .first && isFirst
      let whole = wantsMark && !marked.starts(with: mark) ? mark + marked : marked
      try count(whole.span, from: step + 1)
    case .splitAtMarks(let mark):
      try split(piece, .mergedWithNext, inverted: false, step) { (match) throws(TokenizerError) in
        var place = 0
        while let start = piece.place(of: mark, from: place) {
          place = start + mark.count
          try match(start..<place)
        }
      }
    }
  }

  /// Splits a piece by matches and counts what comes of it from the next step on.
  private func split(
    _ piece: Span<UInt8>, _ behavior: SplitBehavior, inverted: Bool, _ step: Int,
    _ matches: ((Range<Int>) throws(TokenizerError) -> Void) throws(TokenizerError) -> Void
  ) throws(TokenizerError) {
    var joiner = PieceJoiner(behavior)
    var place = 0
    func next(_ range: Range<Int>, isMatch: Bool) throws(TokenizerError) {
      if let whole = joiner.next(range, isMatch: isMatch != inverted) {
        try count(piece.extracting(whole), from: step + 1)
      }
    }
    try matches { (match) throws(TokenizerError) in
      if place != match.lowerBound { try next(place..<match.lowerBound, isMatch: false) }
      try next(match, isMatch: true)
      place = match.upperBound
    }
    if place != piece.count { try next(place..<piece.count, isMatch: false) }
    if let whole = joiner.finish() { try count(piece.extracting(whole), from: step + 1) }
  }

  /// Counts a piece that is not split further.
  private func countWords(_ piece: Span<UInt8>) {
    var place = 0
    if let starts = tokenizer.model.wordStarts, !tokenizer.spellsBytes {
      while let next = starts.next(in: piece, behind: place) {
        countWord(piece.extracting(place..<next))
        place = next
      }
    }
    countWord(piece.extracting(place..<piece.count))
  }

  private func countWord(_ word: Span<UInt8>) {
    guard word.count <= PieceCache.longest else {
      total += merged(word)
      return
    }
    let key = PieceCache.key(of: word)
    if let count = cache.count(of: key) {
      total += count
      return
    }
    let count = merged(word)
    cache.note(count, for: key)
    total += count
  }

  private func merged(_ word: Span<UInt8>) -> Int {
    let isSpelled = tokenizer.spellsBytes
    if tokenizer.model.staysWhole(word, isSpelled: isSpelled) { return 1 }
    tokenizer.model.begin(word, isSpelled: isSpelled, &symbols)
    return merger.count(&symbols, by: tokenizer.model.merges)
  }
}
