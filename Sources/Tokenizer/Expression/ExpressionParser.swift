/// Reads regular expressions in Oniguruma's syntax, as far as the patterns of tokenizers go.
///
/// Whatever it does not know, or knows to be different beyond ASCII in a way that changes what ASCII
/// matches, it gives up: back references, looking back, possessive and lazy repeats, anchors, `.`.
struct ExpressionParser {
  private let source: [Unicode.Scalar]
  private var place = 0

  /// - Returns: nil for an expression that is not understood.
  static func parse(_ source: String) -> Expression? {
    var parser = ExpressionParser(source: Array(source.unicodeScalars))
    guard let expression = parser.choice(ignoringCase: false), parser.place == parser.source.count
    else { return nil }
    return expression
  }

  private init(source: [Unicode.Scalar]) { self.source = source }

  private var next: Unicode.Scalar? { place < source.count ? source[place] : nil }

  private mutating func take() -> Unicode.Scalar? {
    defer { place += 1 }
    return next
  }

  private mutating func skip(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    guard source[place...].starts(with: scalars) else { return false }
    place += scalars.count
    return true
  }

  // MARK: Structure

  private mutating func choice(ignoringCase: Bool) -> Expression? {
    var parts: [Expression] = []
    repeat {
      guard let part = sequence(ignoringCase: ignoringCase) else { return nil }
      parts.append(part)
    } while skip("|")
    return parts.count == 1 ? parts[0] : .choice(parts)
  }

  private mutating func sequence(ignoringCase: Bool) -> Expression? {
    var parts: [Expression] = []
    while let next, next != "|", next != ")" {
      guard let part = atom(ignoringCase: ignoringCase), let whole = repeated(part) else {
        return nil
      }
      parts.append(whole)
    }
    return .sequence(parts)
  }

  private mutating func atom(ignoringCase: Bool) -> Expression? {
    if skip("(?!") {
      guard case .character(let set)? = atom(ignoringCase: ignoringCase), skip(")") else {
        return nil
      }
      return .notBefore(set)
    }
    for (start, ignores) in [("(?:", ignoringCase), ("(?i:", true), ("(", ignoringCase)]
    where skip(start) {
      guard start != "(" || next != "?", let inner = choice(ignoringCase: ignores), skip(")") else {
        return nil
      }
      return inner
    }
    guard let first = take() else { return nil }
    switch first {
    case "[": return ignoringCase ? nil : characterClass().map(Expression.character)
    case "\\":
      switch escape() {
      case .class(let set): return .character(set)
      case .literal(let scalar): return literal(scalar, ignoringCase: ignoringCase)
      case nil: return nil
      }
    case ".", "^", "$", "*", "+", "?", "{", "}", "]", ")": return nil
    default: return literal(first, ignoringCase: ignoringCase)
    }
  }

  private func literal(_ scalar: Unicode.Scalar, ignoringCase: Bool) -> Expression? {
    var set = ASCIISet(scalar.value...scalar.value)
    guard ignoringCase else { return .character(set) }
    // Characters beyond ASCII may be the same letter in another case, or several of them.
    guard scalar.isASCII else { return nil }
    if scalar.properties.isAlphabetic {
      set.formUnion(ASCIISet((scalar.value ^ 0x20)...(scalar.value ^ 0x20)))
      set.mayHaveOthers = true
    }
    return .character(set)
  }

  /// Copies are made of what is repeated, so there are not many.
  private static let mostRepeats = 32

  private mutating func repeated(_ part: Expression) -> Expression? {
    let bounds: (least: Int, most: Int?)
    switch next {
    case "*": bounds = (0, nil)
    case "+": bounds = (1, nil)
    case "?": bounds = (0, 1)
    case "{":
      guard let end = source[place...].firstIndex(of: "}") else { return nil }
      let inner = String(String.UnicodeScalarView(source[(place + 1)..<end]))
      let parts = inner.split(separator: ",", omittingEmptySubsequences: false)
      guard parts.count <= 2, let least = Int(parts[0]), least >= 0 else { return nil }
      let most = parts.count == 1 ? least : parts[1].isEmpty ? nil : Int(parts[1]) ?? -1
      guard least <= Self.mostRepeats, most.map({ $0 >= least && $0 <= Self.mostRepeats }) ?? true
      else { return nil }
      bounds = (least, most)
      place = end
    default: return part
    }
    place += 1
    // Lazy, possessive, or repeated again.
    if let next, "?+*{".unicodeScalars.contains(next) { return nil }
    return .repeated(part, least: bounds.least, most: bounds.most)
  }

  // MARK: Classes

  private enum Escape {
    case `class`(ASCIISet)
    case literal(Unicode.Scalar)
  }

  private mutating func characterClass() -> ASCIISet? {
    let isNegated = skip("^")
    var set = ASCIISet(mayHaveOthers: false) { _ in false }
    var isFirst = true
    while let scalar = take() {
      if scalar == "]" { return isFirst ? nil : isNegated ? set.inverted : set }
      isFirst = false
      var first = scalar
      switch scalar {
      case "[": return nil
      case "&" where next == "&": return nil
      case "\\":
        switch escape() {
        case .class(let own):
          set.formUnion(own)
          continue
        case .literal(let scalar): first = scalar
        case nil: return nil
        }
      default: break
      }
      var last = first
      if next == "-", place + 1 < source.count, source[place + 1] != "]" {
        place += 1
        guard let end = take(), end != "[" else { return nil }
        last = end
        if end == "\\" {
          guard case .literal(let scalar)? = escape() else { return nil }
          last = scalar
        }
        guard first <= last else { return nil }
      }
      set.formUnion(ASCIISet(first.value...last.value))
    }
    return nil
  }

  /// What follows a backslash.
  private mutating func escape() -> Escape? {
    guard let scalar = take() else { return nil }
    switch scalar {
    case "r": return .literal("\r")
    case "n": return .literal("\n")
    case "t": return .literal("\t")
    case "s": return .class(Self.spaces)
    case "S": return .class(Self.spaces.inverted)
    case "d": return .class(Self.digits)
    case "D": return .class(Self.digits.inverted)
    case "p", "P":
      guard skip("{"), let end = source[place...].firstIndex(of: "}") else { return nil }
      let isNegated = skip("^") != (scalar == "P")
      let name = String(String.UnicodeScalarView(source[place..<end]))
      place = end + 1
      return Self.property(name).map { .class(isNegated ? $0.inverted : $0) }
    default:
      return scalar.isASCII && !scalar.properties.isAlphabetic && !("0"..."9").contains(scalar)
        ? .literal(scalar) : nil
    }
  }

  private static let spaces = ASCIISet(mayHaveOthers: true) { $0.properties.isWhitespace }
  private static let digits = ASCIISet(mayHaveOthers: true) { ("0"..."9").contains($0) }

  private static func property(_ name: String) -> ASCIISet? {
    if PatternTables.scripts.contains(name) { return ASCIISet(mayHaveOthers: true) { _ in false } }
    guard PatternTables.categories.contains(name) else { return nil }
    return ASCIISet(mayHaveOthers: true) { category(of: $0).hasPrefix(name) }
  }

  /// The general category of a character of ASCII by its short name.
  private static func category(of scalar: Unicode.Scalar) -> String {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter: "Lu"
    case .lowercaseLetter: "Ll"
    case .decimalNumber: "Nd"
    case .connectorPunctuation: "Pc"
    case .dashPunctuation: "Pd"
    case .openPunctuation: "Ps"
    case .closePunctuation: "Pe"
    case .otherPunctuation: "Po"
    case .mathSymbol: "Sm"
    case .currencySymbol: "Sc"
    case .modifierSymbol: "Sk"
    case .spaceSeparator: "Zs"
    default: "Cc"
    }
  }
}
