internal import JSON

/// What rewards are where rows are of a dataset that this program wrote, which has both the rewards
/// as they came and the scores that calibration made of them.
package enum OwnScores: String, Sendable {
  /// The rewards as they came.
  case raw
  /// Scores that are calibrated, though the raw rewards stand beside them.
  case calibratedBesideRaw
  /// Scores that are calibrated, by the names of the columns; the raw rewards are not there.
  case calibrated

  static let rawPrefix = "raw_"
  /// The name of the rewards as they came, before `_chosen` and `_rejected`.
  static let rawName = rawPrefix + scoreName
  private static let scoreName = "score"

  /// The columns of calibrated scores: those of a pair, and that of a single answer.
  private static let columns = [["score_chosen", "score_rejected"], [scoreName]]

  /// Whether a row has the rewards of a pair as they came.
  static func standRaw(in row: JSONValue) -> Bool {
    columns[0].allSatisfy { row.holds(rawPrefix + $0) }
  }

  /// Tells from a row of a schema.
  init?(of schema: RowSchema, in row: JSONValue) {
    let paths = schema.rewardPaths
    for scores in Self.columns {
      let raw = scores.map { Self.rawPrefix + $0 }
      if paths == raw, scores.allSatisfy(row.holds) {
        self = .raw
        return
      }
      guard paths == scores else { continue }
      if raw.allSatisfy(row.holds) {
        self = .calibratedBesideRaw
      } else if row.holds("length_chosen"), row.holds("length_rejected") {
        self = .calibrated
      } else {
        return nil
      }
      return
    }
    guard paths == ["all_scores"] else { return nil }
    self = row.holds("all_rm_scores") ? .calibratedBesideRaw : .calibrated
  }
}
