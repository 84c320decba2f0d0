internal import Records

extension ConfigValue {
  /// The value on one line of YAML, in flow style, for use anywhere in a document.
  package var flowText: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): "\(value)"
    case .double(let value): Self.text(of: value)
    case .string(let text): Self.isSafePlain(text) ? text : Self.escaped(text)
    case .list(let elements): "[\(elements.map(\.flowText).joined(separator: ", "))]"
    case .mapping(let entries):
      "{\(entries.map(\.flowText).joined(separator: ", "))}"
    }
  }

  /// Whether a text needs no quotes in any place and under any version of YAML.
  ///
  /// Cautious on purpose: YAML 1.1 readers take `on` for a truth value, `2024-01-01` for a date,
  /// `1_000` and `1:30` for numbers.
  private static func isSafePlain(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, isAlphanumeric(first) || "._/".utf8.contains(first) else {
      return false
    }
    let isPlain = bytes.indices.allSatisfy { index in
      let byte = bytes[index]
      if byte == UInt8(ascii: ":") {
        return index + 1 < bytes.count && isAlphanumeric(bytes[index + 1])
      }
      return isAlphanumeric(byte) || "._/*?+@=~-".utf8.contains(byte)
    }
    guard isPlain, !reservedWords.contains(text.lowercased()) else { return false }
    // What starts like a number must hold a letter that no number or date has.
    let looksNumeric = !isLetter(first) && first != UInt8(ascii: "_")
    return !looksNumeric
      || bytes.contains { isLetter($0) && !"abcdefoxtzABCDEFOXTZ".utf8.contains($0) }
        && first != UInt8(ascii: ".")
      || text.hasPrefix("./") || text.hasPrefix("../") || first == UInt8(ascii: "/")
  }

  private static let reservedWords: Set<String> = [
    "null", "true", "false", "yes", "no", "on", "off", "y", "n",
  ]

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

extension ConfigValue.Entry {
  fileprivate var flowText: String { "\(ConfigValue.string(key).flowText): \(value.flowText)" }
}

extension ConfigValue {
  /// A text between double quotes, escaped so that YAML and JSON read the same.
  static func escaped(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if isPrintable(scalar) {
          result.unicodeScalars.append(scalar)
        } else {
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      }
    }
    return result + "\""
  }

  /// Whether YAML and JSON may hold the scalar as it is, and a terminal show it; what may not is below U+10000.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xFEFF, 0xFFFE, 0xFFFF: false
    default: !scalar.steersDisplay
    }
  }
}
