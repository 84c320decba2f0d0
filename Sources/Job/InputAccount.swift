package import Records
package import Rows

/// What is told of an input beside its rows: its files and the layouts of their rows.
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
        at: SourceLocation(file: $0), hint: "name its folder in input.paths to have it read",
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
          "\($0.fileCount == 1 ? "1 file has" : "\($0.fileCount) files have") rows of another "
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

extension ContextField {
  /// Images, videos and audios; tools and the like are text, whatever type a column says.
  static var media: [ContextField] { all.filter(\.isList) }
}
