internal import JSON
package import Records
package import Rows

/// What is recorded of an input beside its rows: its files and the layouts of their rows.
package struct InputAccount: Sendable {
  /// A layout that the rows of some files have.
  package struct Layout: Equatable, Sendable {
    /// In words.
    package var description: String
    /// The fields that hold rewards.
    package var rewardPaths: [String]
    /// The fields that name the models of answers; none where models are not read.
    package var modelPaths: [String]
    /// What the scores of a dataset of this program are read as; nil where rows are not of one.
    package var ownScores: OwnScores?
    /// What the manifest of that dataset says that its scores are; nil where there is none.
    package var scoreOrigin: ScoreOrigin?
    /// Columns that belong to a prompt and hold bytes, such as those of images.
    package var byteColumns: [String]
    /// The first of the files, as the user named it, and how many there are.
    package var firstFile: String
    package var fileCount: Int
  }

  /// In the order of the files that first have them.
  package var layouts: [Layout]
  /// The folders of datasets of this program that stand among the input and are not read.
  package var leftOut: [String]

  /// What rows are like, in words.
  package var layout: String { layouts.map(\.description).joined(separator: "; ") }

  /// Columns that belong to a prompt and hold bytes.
  package var byteColumns: [String] { layouts.flatMap(\.byteColumns) }

  /// The fields that name the models of answers; none where models are not read.
  package var modelFields: [String] {
    var seen: Set<String> = []
    return layouts.flatMap(\.modelPaths).filter { seen.insert($0).inserted }
  }

  /// What the user should know of files that were not read.
  package var warnings: [Diagnostic] {
    leftOut.map {
      Diagnostic(
        .warning, "this dataset of dpo-prep stands among the input and is not read",
        at: SourceLocation(file: $0), hint: "name its folder itself to have it read",
        code: "own_dataset_left_out")
    }
  }

  /// What the user should know of the layouts that were found.
  package var notes: [Diagnostic] {
    guard let first = layouts.first else { return [] }
    return [Diagnostic(.note, "rows are \(first.description)", code: "layout")]
      + layouts.dropFirst().map {
        Diagnostic(
          .note,
          "\(Quantity.count($0.fileCount, "file has", plural: "files have")) rows of another "
            + "layout: \($0.description)", at: SourceLocation(file: $0.firstFile),
          code: "other_layout")
      }
  }

  /// What stands beside conversations and is not written, as its digest is all that was read.
  package var unwrittenContext: Set<String> {
    Set(
      ContextField.media.filter { $0.paths.contains(where: byteColumns.contains) }.map(\.name))
  }
}

extension InputAccount {
  /// The account as JSON, without loss.
  var document: JSONValue {
    [
      "layouts": .list(layouts.map(\.document)),
      "left_out": .list(leftOut.map { .string($0) }),
    ]
  }

  /// Reads what ``document`` writes; nil where it is something else.
  init?(_ document: JSONValue) {
    guard let layouts = document.list("layouts", Layout.init),
      let leftOut = document.list("left_out", \.text)
    else { return nil }
    self.init(
      layouts: layouts, leftOut: leftOut.map { String(decoding: $0, as: UTF8.self) })
  }

  /// Puts the accounts of the parts of an input together, in their order.
  init(merging parts: [InputAccount]) {
    self.init(layouts: [], leftOut: parts.flatMap(\.leftOut))
    for layout in parts.flatMap(\.layouts) {
      if let same = layouts.firstIndex(where: { $0.isAlike(layout) }) {
        layouts[same].fileCount += layout.fileCount
      } else {
        layouts.append(layout)
      }
    }
  }
}

extension InputAccount.Layout {
  var document: JSONValue {
    [
      "description": .string(description),
      "reward_paths": .list(rewardPaths.map { .string($0) }),
      "model_paths": .list(modelPaths.map { .string($0) }),
      "own_scores": ownScores.map { .string($0.rawValue) } ?? .null,
      "score_origin": scoreOrigin.map { .string($0.name) } ?? .null,
      "byte_columns": .list(byteColumns.map { .string($0) }),
      "first_file": .string(firstFile), "file_count": .integer(fileCount),
    ]
  }

  init?(_ document: JSONValue) {
    guard let description = document.text("description"),
      let rewardPaths = document.list("reward_paths", \.text),
      let modelPaths = document.list("model_paths", \.text),
      let byteColumns = document.list("byte_columns", \.text),
      let firstFile = document.text("first_file"),
      let fileCount = document.integer("file_count")
    else { return nil }
    self.init(
      description: description,
      rewardPaths: rewardPaths.map { String(decoding: $0, as: UTF8.self) },
      modelPaths: modelPaths.map { String(decoding: $0, as: UTF8.self) },
      ownScores: document.text("own_scores").flatMap(OwnScores.init),
      scoreOrigin: document.text("score_origin").map(ScoreOrigin.init(name:)),
      byteColumns: byteColumns.map { String(decoding: $0, as: UTF8.self) },
      firstFile: firstFile, fileCount: fileCount)
  }

  /// Whether rows are laid out as in another.
  fileprivate func isAlike(_ other: InputAccount.Layout) -> Bool {
    description == other.description && rewardPaths == other.rewardPaths
      && modelPaths == other.modelPaths
      && ownScores == other.ownScores && byteColumns == other.byteColumns
  }
}

extension ContextField {
  /// Images, videos and audios; tools and the like are text, whatever type a column says.
  static var media: [ContextField] { all.filter(\.isList) }
}
