/// The shape of a dataset's rows, named for who reads them.
package enum Profile: String, CaseIterable, Sendable {
  /// Whole conversations beside a string prompt, as in HuggingFaceH4/ultrafeedback_binarized.
  case alignmentHandbook = "alignment-handbook"
  /// An explicit prompt, and answers that are the last turn only, as TRL's DPO trainer wants it.
  case trl

  /// The name of a split's files and of the split itself.
  package func name(of split: DatasetSplit) -> String {
    switch (self, split) {
    case (.alignmentHandbook, .train): "train_prefs"
    case (.alignmentHandbook, .test): "test_prefs"
    case (.trl, .train): "train"
    case (.trl, .test): "test"
    }
  }

  /// The columns in order.
  package func columns(lengthsAreWhole: Bool) -> [Column] {
    let length = Column.Kind.number(isWhole: lengthsAreWhole)
    let numbers = [
      Column("score_chosen", .number(isWhole: false)),
      Column("score_rejected", .number(isWhole: false)),
      Column("raw_score_chosen", .number(isWhole: false)),
      Column("raw_score_rejected", .number(isWhole: false)),
      Column("length_chosen", length),
      Column("length_rejected", length),
    ]
    switch self {
    case .alignmentHandbook:
      return [
        Column("prompt", .string), Column("prompt_id", .string), Column("chosen", .messages),
        Column("rejected", .messages), Column("messages", .messages),
      ] + numbers
    case .trl:
      return [
        Column("prompt", .messages), Column("chosen", .messages), Column("rejected", .messages),
        Column("prompt_id", .string),
      ] + numbers
    }
  }

  /// A column of the dataset.
  package struct Column: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
      case string
      /// A list of `{content, role}`.
      case messages
      case number(isWhole: Bool)
    }

    package var name: String
    package var kind: Kind

    init(_ name: String, _ kind: Kind) {
      self.name = name
      self.kind = kind
    }
  }
}

/// The part of a dataset that a prompt belongs to.
package enum DatasetSplit: String, CaseIterable, Sendable {
  case train, test
}
