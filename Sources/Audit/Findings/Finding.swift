internal import Records

/// Something in a dataset that a trainer refuses or that should not be there.
package struct Finding: Equatable, Sendable {
  /// Whether a trainer stops or learns what it should not, or a person should have a look.
  package enum Severity: String, Sendable {
    case error, warning
  }

  /// What can be found.
  package enum Code: String, CaseIterable, Sendable {
    case malformedRow = "malformed_row"
    case emptySplit = "empty_split"
    case missingColumn = "missing_column"
    case wrongType = "wrong_type"
    case mixedTypes = "mixed_types"
    case lateColumns = "late_columns"
    case lateKeys = "late_keys"
    case typeChanges = "type_changes"
    case emptyListColumn = "empty_list_column"
    case unreadableRow = "unreadable_row"
    case integersBeforeFloats = "integers_before_floats"
    case nullColumn = "null_column"
    case notFinite = "not_finite"
    case stringPromptBesideConversations = "string_prompt_beside_conversations"
    case repeatedUserTurn = "repeated_user_turn"
    case differentPrompts = "different_prompts"
    case identicalAnswers = "identical_answers"
    case emptyTurn = "empty_turn"
    case missingRole = "missing_role"
    case noAnswer = "no_answer"
    case templateResidue = "template_residue"
    case promptOverlap = "prompt_overlap"
  }

  /// Where a row is.
  package struct Place: Equatable, Sendable {
    package var file: String
    /// From 1.
    package var line: Int
  }

  package var code: Code
  package var severity: Severity
  /// What it is about where that is not the row as a whole, such as a column.
  package var subject: String?
  /// What was expected and found there, as half a sentence, where the code does not say it.
  package var detail: String?
  /// How many rows have it; of splits and columns, how many there are.
  package var count: Int
  /// The first of the rows.
  package var places: [Place]
}

extension Finding {
  /// What was found, as half a sentence.
  package var message: String { code.message + (detail.map { ": \($0)" } ?? "") }
}

extension Finding.Code {
  /// What was found, as half a sentence.
  package var message: String {
    switch self {
    case .malformedRow: "the row is not a JSON object"
    case .emptySplit: "the split has no rows"
    case .missingColumn: "a column that the trainer reads is not there"
    case .wrongType: "the column holds another type than the trainer reads"
    case .mixedTypes: "the column holds values of several types"
    case .lateColumns: "the columns are others than the loader expects"
    case .lateKeys: "the keys of an object are others than the loader expects"
    case .typeChanges: "the loader cannot give the value the type of its column"
    case .emptyListColumn: "the first rows hold nothing but empty lists"
    case .unreadableRow: "a row is JSON that the loader does not read"
    case .integersBeforeFloats: "the first rows hold whole numbers and later ones others"
    case .nullColumn: "the column holds nothing but null"
    case .notFinite: "a number is NaN or infinite"
    case .stringPromptBesideConversations: "the prompt is a string beside lists of messages"
    case .repeatedUserTurn: "the user's turn is repeated"
    case .differentPrompts: "chosen and rejected answer different prompts"
    case .identicalAnswers: "chosen and rejected are the same"
    case .emptyTurn: "a turn or an answer is empty"
    case .missingRole: "a message has no role that trainers know"
    case .noAnswer: "a conversation does not end with the assistant's answer"
    case .templateResidue: "a text holds marks of a chat template"
    case .promptOverlap: "the prompt is in another split as well"
    }
  }

  /// What to do about it.
  package var remedy: String {
    switch self {
    case .malformedRow: "repair or remove the row; loaders stop there"
    case .emptySplit: "remove the file; loaders refuse a split without rows"
    case .missingColumn: "rename the column, or name the profile with --profile"
    case .wrongType: "convert the column, or name the profile with --profile"
    case .mixedTypes: "write one type in every row; Arrow has one type a column"
    case .lateColumns:
      "write every column in every row, null where there is nothing; loaders take the first "
        + "rows for the columns of all"
    case .lateKeys:
      "write every key in every object, null where there is nothing; loaders take the first rows "
        + "for the keys of all"
    case .typeChanges:
      "write one type in every row, or declare the type in the card's dataset_info.features"
    case .emptyListColumn:
      "declare the type in the card's dataset_info.features, or move a row with elements to the "
        + "front"
    case .unreadableRow: "write the row with a JSON library, one row a line and no blank lines"
    case .integersBeforeFloats:
      "write 1.0 for 1; loaders take the first rows for the type of the column"
    case .nullColumn:
      "remove the column or declare its type in the card's dataset_info.features; loaders give it "
        + "the type null, which joins with no other"
    case .notFinite: "remove the row, or give the number a value"
    case .stringPromptBesideConversations:
      "select the columns [chosen, rejected], or write prompt as messages with answers alone"
    case .repeatedUserTurn:
      "leave the prompt's turns out of chosen and rejected, or leave prompt out"
    case .differentPrompts: "make both conversations begin with the same turns"
    case .identicalAnswers: "remove the row; there is nothing to prefer"
    case .emptyTurn: "remove the row"
    case .missingRole: "give each message a role: system, user, assistant or tool"
    case .noAnswer: "end each conversation with the answer that is compared"
    case .templateResidue:
      "keep texts plain; the trainer applies the chat template itself"
    case .promptOverlap: "split by prompt, so that the test measures what was not trained on"
    }
  }

  /// How grave it is for the profile's trainer.
  func severity(for profile: Profile) -> Finding.Severity {
    switch self {
    // Trainers load these; people should have a look.
    case .nullColumn, .templateResidue: .warning
    // The handbook's recipes select the conversations and leave the prompt out.
    case .stringPromptBesideConversations where profile == .h4: .warning
    default: .error
    }
  }
}
