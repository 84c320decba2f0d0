/// A regular expression as an automaton that finds matches in ASCII, in a fraction of the time of a
/// search that goes back.
///
/// It says for every place where nothing but ASCII decides how far the match goes that begins there,
/// and that it does not know for every other. The match is the one that a search by trying finds:
/// of alternatives the first, of repeats the longest that lets the whole match. Built by following all
/// ways through the expression at once, in the order of their precedence (R. Cox, "Regular Expression
/// Matching: the Virtual Machine Approach", 2009); a way that ends cuts off those behind it.
struct Automaton: Sendable {
  enum Outcome: Equatable, Sendable {
    /// A match from the place to this end.
    case end(Int)
    case noMatch
    /// What is not ASCII decides.
    case unknown
  }

  /// For each state what each character leads to, then what one beyond ASCII and the end of the text do.
  ///
  /// Twice the next state, and 1 where a match ends before the character. State 0 is the end of all ways.
  private let table: [UInt16]

  private static let others = 128
  private static let textEnd = 129
  private static let stride = 130
  private static let unknown = UInt16.max
  private static let mostStates = 4096

  /// - Returns: nil for an expression that is too large or matches nothing between two characters.
  init?(_ expression: Expression) {
    let graph = ExpressionGraph(expression)
    var numbers: [[Int]: Int] = [[]: 0, graph.start: 1]
    var states = [[], graph.start]
    var table: [UInt16] = []
    guard !graph.canEnd(graph.start) else { return nil }
    var place = 0
    while place < states.count {
      let state = states[place]
      for character in UInt8(0)..<0x80 {
        let step = graph.step(state, .character(character))
        let number = numbers[step.state] ?? states.count
        if number == states.count {
          guard states.count < Self.mostStates else { return nil }
          numbers[step.state] = number
          states.append(step.state)
        }
        table.append(UInt16(number) << 1 | (step.ends ? 1 : 0))
      }
      let other = graph.step(state, .other)
      table.append(other.isKnown ? (other.ends ? 1 : 0) : Self.unknown)
      table.append(graph.step(state, .end).ends ? 1 : 0)
      place += 1
    }
    self.table = table
  }

  /// The next place behind another where a match may begin; the end of the text where none may.
  func nextStart(in text: Span<UInt8>, behind place: Int) -> Int {
    var place = place + 1
    while place < text.count, table[Self.stride + min(Int(text[place]), Self.others)] == 0 {
      place += 1
    }
    return place
  }

  /// The match that begins at a place.
  func match(in text: Span<UInt8>, from start: Int) -> Outcome {
    var outcome = Outcome.noMatch
    var row = Self.stride
    var place = start
    while true {
      let column =
        place == text.count ? Self.textEnd : min(Int(text[place]), Self.others)
      let entry = table[row + column]
      if entry == Self.unknown { return .unknown }
      if entry & 1 != 0 { outcome = .end(place) }
      guard entry > 1 else { return outcome }
      row = Int(entry >> 1) * Self.stride
      place += 1
    }
  }
}

/// The ways through an expression.
///
/// A state is a list of nodes, those of precedence first: what may come next, and where the match ends.
private struct ExpressionGraph {
  private enum Node {
    case character(ASCIISet, next: Int)
    case notBefore(ASCIISet, next: Int)
    case fork([Int])
    case end
  }

  /// What stands behind the place that was reached.
  enum Next {
    case character(UInt8)
    /// A character beyond ASCII.
    case other
    /// Nothing.
    case end
  }

  private var nodes: [Node] = [.end]
  /// The state before the first character.
  private(set) var start: [Int] = []

  init(_ expression: Expression) {
    let first = add(expression, then: 0)
    start = state(from: [first])
  }

  /// Whether a match may end where it begins.
  func canEnd(_ state: [Int]) -> Bool {
    state.contains { node in
      switch nodes[node] {
      case .end: true
      case .notBefore(_, let next): canEnd(self.state(from: [next]))
      case .character, .fork: false
      }
    }
  }

  private mutating func append(_ node: Node) -> Int {
    nodes.append(node)
    return nodes.count - 1
  }

  /// Adds an expression before a node, and returns where it begins.
  private mutating func add(_ expression: Expression, then next: Int) -> Int {
    switch expression {
    case .character(let set): return append(.character(set, next: next))
    case .notBefore(let set): return append(.notBefore(set, next: next))
    case .sequence(let parts): return parts.reversed().reduce(next) { add($1, then: $0) }
    case .choice(let parts):
      let starts = parts.map { add($0, then: next) }
      return append(.fork(starts))
    case .repeated(let part, let least, let most):
      var start = next
      if let most {
        for _ in least..<most { start = append(.fork([add(part, then: start), next])) }
      } else {
        start = append(.fork([]))
        nodes[start] = .fork([add(part, then: start), next])
      }
      for _ in 0..<least { start = add(part, then: start) }
      return start
    }
  }

  /// The list of what can be reached without a character; what is behind an end has no say.
  private func state(from starts: [Int]) -> [Int] {
    var list: [Int] = []
    var seen: Set<Int> = []
    var waiting = Array(starts.reversed())
    while let node = waiting.popLast() {
      guard seen.insert(node).inserted else { continue }
      switch nodes[node] {
      case .fork(let nexts): waiting += nexts.reversed()
      case .character, .notBefore: list.append(node)
      case .end:
        list.append(node)
        return list
      }
    }
    return list
  }

  /// What becomes of a state.
  ///
  /// - Returns: the next state, whether a match ends before what follows, and whether that can be said.
  func step(_ state: [Int], _ next: Next) -> (state: [Int], ends: Bool, isKnown: Bool) {
    var starts: [Int] = []
    var seen: Set<Int> = []
    var waiting = Array(state.reversed())
    while let node = waiting.popLast() {
      guard seen.insert(node).inserted else { continue }
      switch (nodes[node], next) {
      case (.end, _): return (self.state(from: starts), true, true)
      case (.character(let set, let after), .character(let character)):
        if set.contains(character) { starts.append(after) }
      case (.notBefore(let set, let after), .character(let character)):
        if !set.contains(character) { waiting += self.state(from: [after]).reversed() }
      case (.character(let set, _), .other):
        if set.mayHaveOthers { return ([], false, false) }
      case (.notBefore(let set, let after), .other):
        if set.mayHaveOthers { return ([], false, false) }
        waiting += self.state(from: [after]).reversed()
      case (.character, .end): break
      case (.notBefore(_, let after), .end): waiting += self.state(from: [after]).reversed()
      case (.fork(let nexts), _): waiting += nexts.reversed()
      }
    }
    return (self.state(from: starts), false, true)
  }
}
