internal import Foundation

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

  /// A number with so many decimals.
  package static func decimal(_ number: Double, places: Int) -> String {
    String(format: "%.\(places)f", number)
  }

  /// A number with its sign, or a dash where there is none.
  package static func signed(_ number: Double?, places: Int) -> String {
    number.map { String(format: "%+.\(places)f", $0) } ?? "–"
  }

  /// A part of one as percent.
  package static func percent(_ part: Double?) -> String {
    part.map { decimal($0 * 100, places: 1) + " %" } ?? "–"
  }
}
