internal import Glibc

/// Numbers as people read them.
package enum Quantity {
  /// A count with a comma every three digits.
  package static func count(_ number: Int) -> String {
    var digits = String(number.magnitude)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return (number < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
  }

  /// Bytes in the largest unit that leaves a whole part.
  package static func bytes(_ count: Int) -> String {
    var value = Double(count)
    for unit in ["B", "kB", "MB", "GB"] {
      if value < 999.5 {
        return decimal(value, places: unit == "B" || value >= 99.95 ? 0 : 1) + " " + unit
      }
      value /= 1000
    }
    return decimal(value, places: 1) + " TB"
  }

  /// A count with the noun that is counted, such as `1 pair` and `2,000 pairs`.
  ///
  /// - Parameter plural: the noun of any other number than one; nil for that with an s.
  package static func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
    "\(count(number)) \(number == 1 ? noun : plural ?? noun + "s")"
  }

  /// From here on doubles have no digits behind the point.
  private static let wide = 0x1p53

  /// A number with so many decimals; a very large one with an exponent, as its last digits say
  /// nothing.
  package static func decimal(_ number: Double, places: Int) -> String {
    printed(number, as: abs(number) < wide ? "%.\(places)f" : "%.6g")
  }

  /// A number with its sign, or a dash where there is none.
  package static func signed(_ number: Double?, places: Int) -> String {
    number.map { printed($0, as: abs($0) < wide ? "%+.\(places)f" : "%+.6g") } ?? "–"
  }

  /// A number with so many digits that count, and with an exponent where it is very large or small.
  package static func significant(_ number: Double, digits: Int) -> String {
    printed(number, as: "%.\(digits)g")
  }

  /// A part of one as percent.
  package static func percent(_ part: Double?) -> String {
    part.map { decimal($0 * 100, places: 1) + " %" } ?? "–"
  }

  /// A number as C's printf writes it: rounded once, from its exact value.
  private static func printed(_ number: Double, as format: String) -> String {
    withVaList([number]) { arguments in
      // The largest double has 309 digits before its point; no figure has as many behind it.
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { text in
        vsnprintf(text.baseAddress, text.count, format, arguments)
        return text.baseAddress.map { String(cString: $0) } ?? ""
      }
    }
  }
}
