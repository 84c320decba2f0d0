/// What equal scores of the better and the worse answer count.
package enum TieRule: String, CaseIterable, Sendable {
  /// As half right, which is what guessing would get.
  case half
  /// As wrong, as in the published tables; the best of several answers shares its point even so.
  case wrong

  /// What a tie of two answers counts.
  var credit: Double { self == .half ? 0.5 : 0 }

  /// What a comparison counts by the margin of the better answer.
  func points(_ margin: Double) -> Double { margin > 0 ? 1 : margin == 0 ? credit : 0 }
}
