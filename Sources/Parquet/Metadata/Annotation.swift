/// What stored values mean, as far as it matters to rows of text and numbers.
///
/// Newer files say it as a logical type, older ones as a converted type, most as both.
package enum Annotation: Equatable {
  case none
  case string
  case enumeration
  case json
  case list
  case map
  case integer(bits: Int, isSigned: Bool)
  /// A whole number divided by ten to the power of `scale`.
  case decimal(scale: Int)
  case date
  case time(TimeUnit)
  case timestamp(TimeUnit, isUTC: Bool)
  case uuid
  case float16
  /// A column that holds nothing but nulls.
  case unknown
  /// What else there is, by its name in messages.
  case other(String)
}

/// The parts of a second that times are counted in.
package enum TimeUnit: Int, Equatable, Sendable {
  case milliseconds = 3
  case microseconds = 6
  case nanoseconds = 9

  /// How many digits a fraction of a second has.
  var digitCount: Int { rawValue }

  /// How many of them are one second.
  var perSecond: Int64 {
    switch self {
    case .milliseconds: 1000
    case .microseconds: 1_000_000
    case .nanoseconds: 1_000_000_000
    }
  }
}

extension Annotation {
  /// Reads the annotation of a schema element.
  ///
  /// - Parameter scale: The decimal places that stand beside a converted type.
  init(
    converted: Int32?, scale: Int32?, logical: ThriftStructure?
  ) throws(ParquetError) {
    if let logical, let field = logical.fields.first {
      self = try Self.logical(field.number, logical)
    } else {
      self = converted.map { Self.converted($0, scale: Int(scale ?? 0)) } ?? .none
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
    case 5: return .decimal(scale: Int(try union.structure(number)?.int32(1) ?? 0))
    case 6: return .date
    case 7:
      return try unit(union.structure(number)).map { .time($0) } ?? .other("TIME")
    case 8:
      let structure = try union.structure(number)
      let isUTC = try structure?.bool(1) ?? false
      return try unit(structure).map { .timestamp($0, isUTC: isUTC) } ?? .other("TIMESTAMP")
    case 10:
      let integer = try union.structure(number)
      guard let bits = try integer?.integer(1), let isSigned = try integer?.bool(2) else {
        throw .damaged("an integer type lacks its width")
      }
      return .integer(bits: Int(bits), isSigned: isSigned)
    case 11: return .unknown
    case 12: return .json
    case 13: return .other("BSON")
    case 14: return .uuid
    case 15: return .float16
    default: return .other("logical type \(number)")
    }
  }

  /// The unit of a time or timestamp; nil for one of later versions of the format.
  private static func unit(_ structure: ThriftStructure?) throws(ParquetError) -> TimeUnit? {
    switch try structure?.structure(2)?.fields.first?.number {
    case 1: .milliseconds
    case 2: .microseconds
    case 3: .nanoseconds
    default: nil
    }
  }

  private static func converted(_ number: Int32, scale: Int) -> Annotation {
    switch number {
    case 0: .string
    case 1, 2: .map
    case 3: .list
    case 4: .enumeration
    case 5: .decimal(scale: scale)
    case 6: .date
    case 7: .time(.milliseconds)
    case 8: .time(.microseconds)
    case 9: .timestamp(.milliseconds, isUTC: true)
    case 10: .timestamp(.microseconds, isUTC: true)
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
