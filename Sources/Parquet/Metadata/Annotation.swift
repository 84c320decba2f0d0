/// What stored values mean, as far as it matters to rows of text and numbers.
///
/// Newer files say it as a logical type, older ones as a converted type, most as both.
enum Annotation: Equatable {
  case none
  case string
  case enumeration
  case json
  case list
  case map
  case integer(bits: Int, isSigned: Bool)
  /// A number of half precision.
  case float16
  /// A column that holds nothing but nulls.
  case unknown
  /// Dates, times, decimals and what else there is, by its name in messages.
  case other(String)
}

extension Annotation {
  /// Reads the annotation of a schema element.
  init(converted: Int32?, logical: ThriftStructure?) throws(ParquetError) {
    if let logical, let field = logical.fields.first {
      self = try Self.logical(field.number, logical)
    } else {
      self = converted.map(Self.converted) ?? .none
    }
  }

  private static func logical(
    _ number: Int16, _ union: ThriftStructure
  ) throws(ParquetError) -> Annotation {
    switch number {
    case 1: return .string
    case 2: return .map
    case 3: return .list
    case 4: return .enumeration
    case 5: return .other("DECIMAL")
    case 6: return .other("DATE")
    case 7: return .other("TIME")
    case 8: return .other("TIMESTAMP")
    case 10:
      let integer = try union.structure(number)
      guard let bits = try integer?.integer(1), let isSigned = try integer?.bool(2) else {
        throw .damaged("an integer type lacks its width")
      }
      return .integer(bits: Int(bits), isSigned: isSigned)
    case 11: return .unknown
    case 12: return .json
    case 13: return .other("BSON")
    case 14: return .other("UUID")
    case 15: return .float16
    default: return .other("logical type \(number)")
    }
  }

  private static func converted(_ number: Int32) -> Annotation {
    switch number {
    case 0: .string
    case 1, 2: .map
    case 3: .list
    case 4: .enumeration
    case 5: .other("DECIMAL")
    case 6: .other("DATE")
    case 7, 8: .other("TIME")
    case 9, 10: .other("TIMESTAMP")
    case 11...14: .integer(bits: 8 << (Int(number) - 11), isSigned: false)
    case 15...18: .integer(bits: 8 << (Int(number) - 15), isSigned: true)
    case 19: .json
    case 20: .other("BSON")
    case 21: .other("INTERVAL")
    default: .other("converted type \(number)")
    }
  }

  /// The number of the converted type, for old readers.
  var convertedNumber: Int32? {
    switch self {
    case .string: 0
    case .list: 3
    default: nil
    }
  }

  /// The number of the logical type's member in its union.
  var logicalNumber: Int16? {
    switch self {
    case .string: 1
    case .list: 3
    default: nil
    }
  }
}
