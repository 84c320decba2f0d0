internal import Parquet

/// The type of a column or of a field in it, as the loader of `datasets` gives it.
indirect enum LoadedType: Sendable {
  case null, truth, integer, number, text
  /// What the loader makes of strings that are all dates, to the second.
  case timestamp
  case list(LoadedType)
  case structure([Field])
  /// Any JSON, which datasets 4.7 and later keep as text.
  ///
  /// - Parameter older: The type that earlier versions give; nil where they refuse to load.
  case json(older: LoadedType?)
  /// A declared type of which nothing is known here.
  case unknown

  struct Field: Sendable {
    var name: String
    var type: LoadedType
  }

  /// Whether values have to be made JSON text before they are loaded.
  var holdsJSON: Bool {
    switch self {
    case .json: true
    case .list(let element): element.holdsJSON
    case .structure(let fields): fields.contains { $0.type.holdsJSON }
    default: false
    }
  }

  /// Whether a column of one type is one of the other, as it is.
  func isSame(as other: LoadedType) -> Bool {
    switch (self, other) {
    case (.null, .null), (.truth, .truth), (.integer, .integer), (.number, .number),
      (.text, .text), (.unknown, .unknown):
      true
    case (.list(let element), .list(let other)): element.isSame(as: other)
    case (.structure(let fields), .structure(let others)): Self.areSame(fields, others)
    default: false
    }
  }

  /// Whether columns have the same names and types, in any order.
  static func areSame(_ fields: [Field], _ others: [Field]) -> Bool {
    fields.count == others.count
      && fields.allSatisfy { field in
        others.contains { $0.name == field.name && $0.type.isSame(as: field.type) }
      }
  }

  /// The type in words.
  var name: String {
    switch self {
    case .null: "null"
    case .truth: "a truth value"
    case .integer: "a whole number"
    case .number: "a number"
    case .text: "a string"
    case .timestamp: "a date"
    case .list(.null): "a list that is always empty"
    case .list: "a list"
    case .structure: "an object"
    case .json: "any JSON"
    case .unknown: "what the card says"
    }
  }
}

extension LoadedType {
  /// The type of a column of a Parquet file.
  init(_ kind: ParquetColumn.Kind) {
    switch kind {
    case .null: self = .null
    case .truth: self = .truth
    case .integer: self = .integer
    case .number: self = .number
    case .text: self = .text
    case .list(let element): self = .list(LoadedType(element))
    case .structure(let members): self = .structure(members.map(Field.init))
    case .bytes, .other: self = .unknown
    }
  }
}

extension LoadedType.Field {
  /// A column of a Parquet file, or a member of one.
  init(_ column: ParquetColumn) {
    self.init(name: column.name, type: LoadedType(column.kind))
  }
}
