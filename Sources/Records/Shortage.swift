/// What left a prompt with too few candidates to pair.
package enum Shortage: Hashable, Sendable {
  /// It had too few from the start.
  case fromTheStart
  /// Candidates were dropped; the reason is that of most of them.
  case dropped(CandidateDrop)

  /// In the order in which they are told.
  package static let all = CandidateDrop.allCases.map(Shortage.dropped) + [.fromTheStart]

  /// The name in JSON.
  package var name: String {
    switch self {
    case .fromTheStart: "from_the_start"
    case .dropped(let reason): reason.rawValue
    }
  }

  /// What left a prompt with too few of its candidates.
  ///
  /// - Parameters:
  ///   - dropped: why candidates of the prompt are not used, in any order.
  ///   - count: how many candidates the prompt had.
  ///   - needed: how many it takes.
  package init(dropped: some Sequence<CandidateDrop>, of count: Int, needed: Int) {
    var counts: [CandidateDrop: Int] = [:]
    for reason in dropped { counts[reason, default: 0] += 1 }
    let most = counts.values.max() ?? 0
    // Of reasons that took as many, the one that candidates meet first.
    let reason = CandidateDrop.allCases.first { counts[$0] == most && most > 0 }
    self = count < needed ? .fromTheStart : reason.map(Shortage.dropped) ?? .fromTheStart
  }
}

extension Ledger {
  /// Prompts with too few candidates by what left them with these, such as
  /// `180 after too_long, 20 had too few from the start`; nil where there are none.
  package var shortages: String? {
    let parts = Shortage.all.compactMap { shortage -> String? in
      guard let count = tooFewCandidates[shortage], count > 0 else { return nil }
      return switch shortage {
      case .fromTheStart:
        "\(count) had too few from the start"
          + (rowsRejected > 0 ? ", malformed rows left out" : "")
      case .dropped(let reason): "\(count) after \(reason.rawValue)"
      }
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// Counts a prompt that was left with too few candidates.
  package mutating func count(_ shortage: Shortage, _ count: Int = 1) {
    tooFewCandidates[shortage, default: 0] += count
  }
}
