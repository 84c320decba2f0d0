internal import Columns
package import Records
internal import Rows
package import Scan
package import Settings

/// What the user should know of the rows that were read, beyond what is malformed.
package struct ReadingNotes {
  package let diagnostics: [Diagnostic]
  /// Those that matter whether or not a dataset is made.
  package var warnings: [Diagnostic] { diagnostics.filter { $0.severity == .warning } }

  /// From this share on, answers that hold thinking are worth a word.
  private static let noticeableShare = 0.01
  /// More names would not be read.
  private static let listedFields = 30

  package init(_ configuration: Configuration, _ input: InputAccount, _ scan: InputScan.Result) {
    let seen = scan.observations
    let read = scan.table.ledger.candidatesRead
    var diagnostics = Self.orders(configuration.input, input)
    if configuration.input.thinking == nil,
      Double(seen.thinkingAnswers) > Self.noticeableShare * Double(read)
    {
      diagnostics.append(
        Diagnostic(
          .note,
          "\(Quantity.count(seen.thinkingAnswers)) of \(Quantity.count(read, "answer")) "
            + (seen.thinkingAnswers == 1 ? "holds" : "hold")
            + " thinking, which is measured with the rest",
          hint: "set input.thinking: exclude to measure what follows it, or include to say that "
            + "this is meant; the dataset has both",
          code: "thinking"))
    }
    if seen.doubtfulScores > 0 {
      diagnostics.append(
        Diagnostic(
          .warning,
          Quantity.count(seen.doubtfulScores, "answer has", plural: "answers have")
            + " the overall_score 10, but a "
            + "fine-grained_score of at most 2: there 10 stands for a 1 (OpenBMB/UltraFeedback, "
            + "issue 8)",
          hint: "set input.fields.rewards: completions.fine-grained_score, or leave these out",
          code: "doubtful_scores"))
    }
    let byteColumns = input.byteColumns
    if !byteColumns.isEmpty {
      diagnostics.append(
        Diagnostic(
          .warning,
          "\(byteColumns.joined(separator: ", ")) holds bytes, which tell prompts apart but are not "
            + "written to the dataset",
          hint: "write images and the like to files, and their paths as text to the column",
          code: "bytes"))
    }
    let modelFields = input.modelFields
    if configuration.input.fields.model == FieldMap().model,
      modelFields != [FieldMap().model], !scan.table.models.names.isEmpty
    {
      diagnostics.append(
        Diagnostic(
          .note,
          "the models of answers are read from "
            + modelFields.map { "\"\($0)\"" }.joined(separator: ", "),
          hint: "input.fields.model names another field", code: "model_fields"))
    }
    if !seen.otherFields.isEmpty {
      let names = seen.otherFields.map { String(decoding: $0, as: UTF8.self) }
      let listed = names.prefix(Self.listedFields).joined(separator: ", ")
      diagnostics.append(
        Diagnostic(
          .note,
          "fields that stay behind: \(listed)\(names.count > Self.listedFields ? ", ..." : "")",
          hint: "output.keep passes fields through to the dataset",
          code: "fields_left_behind"))
    }
    self.diagnostics = diagnostics
  }

  /// Rewards whose name says that lower is better, or might.
  private static func orders(
    _ input: Configuration.Input, _ account: InputAccount
  ) -> [Diagnostic] {
    guard input.rewardOrder == .automatic else { return [] }
    let paths = account.layouts.flatMap(\.rewardPaths)
    var diagnostics: [Diagnostic] = []
    if let rank = paths.first(where: RewardName.isRank) {
      diagnostics.append(
        Diagnostic(
          .warning, "\"\(rank)\" is taken for a rank: the lowest is the best",
          hint: "set input.reward_order: lower to say so, or higher if it is not",
          code: "rank"))
    }
    if let doubtful = paths.first(where: RewardName.isDoubtful) {
      diagnostics.append(
        Diagnostic(
          .warning, "the highest \"\(doubtful)\" is taken for the best",
          hint: "set input.reward_order: lower if it is the worst, or higher to say that it is not",
          code: "doubtful_order"))
    }
    return diagnostics
  }
}
