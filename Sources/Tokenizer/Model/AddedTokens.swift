/// Tokens that are looked for in the text before anything else, such as `<|im_end|>`.
struct AddedTokens: Sendable {
  /// A token as the file describes it.
  struct Token: Sendable {
    /// What is looked for.
    var content: [UInt8]
    /// Whether it counts only where no word goes on beside it.
    var isSingleWord = false
    /// Whether it takes the white space before it, or behind it.
    var takesLeft = false
    var takesRight = false
  }

  /// A longer token is refused: matching is bounded by it.
  static let longest = 4096

  private let tokens: [Token]
  /// A tree of bytes: the child of each node and byte, the root's beside.
  private var children: [UInt64: Int] = [:]
  private var first = [Int](repeating: 0, count: 256)
  /// The token that ends at a node.
  private var ends: [Int?] = [nil]

  /// - Parameter tokens: no two of the same content, none empty.
  init(_ tokens: [Token]) {
    self.tokens = tokens
    for (number, token) in tokens.enumerated() {
      var node = 0
      for byte in token.content {
        if let child = child(of: node, byte) {
          node = child
          continue
        }
        let child = ends.count
        ends.append(nil)
        if node == 0 {
          first[Int(byte)] = child
        } else {
          children[UInt64(node) << 8 | UInt64(byte)] = child
        }
        node = child
      }
      ends[node] = number
    }
  }

  var isEmpty: Bool { tokens.isEmpty }

  private func child(of node: Int, _ byte: UInt8) -> Int? {
    guard node == 0 else { return children[UInt64(node) << 8 | UInt64(byte)] }
    let child = first[Int(byte)]
    return child == 0 ? nil : child
  }

  /// The first match from a place on: the leftmost one, and of those the longest.
  private func match(in text: Span<UInt8>, from start: Int) -> (range: Range<Int>, token: Token)? {
    var start = start
    while start < text.count {
      var node = first[Int(text[start])]
      guard node != 0 else {
        start += 1
        continue
      }
      var place = start + 1
      var best: (end: Int, token: Int)?
      while true {
        if let token = ends[node] { best = (place, token) }
        guard place < text.count, let child = child(of: node, text[place]) else { break }
        node = child
        place += 1
      }
      if let best { return (start..<best.end, tokens[best.token]) }
      start += 1
    }
    return nil
  }

  /// Cuts a text at its tokens.
  ///
  /// - Parameter body: gets what is between tokens, none of it empty.
  /// - Returns: how many tokens there are.
  func split(
    _ text: Span<UInt8>, _ body: (Range<Int>) throws(TokenizerError) -> Void
  ) throws(TokenizerError) -> Int {
    var count = 0
    var (begin, place) = (0, 0)
    while let (range, token) = match(in: text, from: place) {
      place = range.upperBound
      if token.isSingleWord, !standsAlone(range, in: text) { continue }
      var (start, end) = (range.lowerBound, range.upperBound)
      if token.takesLeft {
        while start > 0, case let before = Scalars.start(in: text, before: start),
          Scalars.isSpace(Scalars.scalar(in: text, at: before).scalar)
        {
          start = before
        }
        start = max(start, begin)
      }
      while token.takesRight, end < text.count,
        case let (scalar, length) = Scalars.scalar(in: text, at: end), Scalars.isSpace(scalar)
      {
        end += length
      }
      // The one before may have taken all of it.
      guard start < end else { continue }
      if begin < start { try body(begin..<start) }
      count += 1
      begin = end
    }
    if begin < text.count { try body(begin..<text.count) }
    return count
  }

  private func standsAlone(_ range: Range<Int>, in text: Span<UInt8>) -> Bool {
    if range.lowerBound > 0 {
      let before = Scalars.start(in: text, before: range.lowerBound)
      if Scalars.isWord(Scalars.scalar(in: text, at: before).scalar) { return false }
    }
    return range.upperBound == text.count
      || !Scalars.isWord(Scalars.scalar(in: text, at: range.upperBound).scalar)
  }
}
