package import Records
internal import Text

/// How many letters of a text are of some writing systems.
package struct LetterCount: Sendable {
  private let ranges: [Range<UInt32>]
  private let hasLatin: Bool
  /// Letters (general category L) of any script.
  package private(set) var all = 0
  /// Those of the writing systems.
  package private(set) var wanted = 0

  package init(_ systems: [WritingSystem]) {
    ranges = systems.flatMap(\.letters).sorted { $0.lowerBound < $1.lowerBound }
    hasLatin = systems.contains(.latin)
  }

  /// The share of the letters that are of the writing systems; nil without letters.
  package var share: Double? { all == 0 ? nil : Double(wanted) / Double(all) }

  /// Counts the letters of a text.
  package mutating func append(_ text: Span<UInt8>) {
    var position = 0
    while position < text.count {
      let lead = text[position]
      if lead < 0x80 {
        position += 1
        guard (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lead | 0x20) else { continue }
        all += 1
        if hasLatin { wanted += 1 }
        continue
      }
      let (scalar, length) = CodePoints.scalar(in: text, at: position)
      position += length
      guard case .letter = CodePointKind(scalar) else { continue }
      all += 1
      if contains(scalar) { wanted += 1 }
    }
  }

  private func contains(_ scalar: UInt32) -> Bool {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= scalar { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(scalar)
  }
}

extension WritingSystem {
  /// Ranges whose letters are the script's (Unicode 14, Scripts.txt), without gaps in which there are
  /// no letters.
  fileprivate var letters: [Range<UInt32>] {
    switch self {
    case .latin:
      [
        0x41..<0xAB, 0xBA..<0x2B9, 0x2E0..<0x2E5, 0x1D00..<0x1D26, 0x1D2C..<0x1D5D,
        0x1D62..<0x1D66, 0x1D6B..<0x1D78, 0x1D79..<0x1DBF, 0x1E00..<0x1F00, 0x2071..<0x209D,
        0x212A..<0x212C, 0x2132..<0x2133, 0x214E..<0x2189, 0x2C60..<0x2C80, 0xA722..<0xA788,
        0xA78B..<0xA800, 0xAB30..<0xAB65, 0xAB66..<0xAB6A, 0xFB00..<0xFB07, 0xFF21..<0xFF5B,
        0x10780..<0x107BB, 0x1DF00..<0x1DF1F,
      ]
    case .cyrillic:
      [0x400..<0x530, 0x1C80..<0x1C89, 0x1D2B..<0x1D2C, 0x1D78..<0x1D79, 0xA640..<0xA6A0]
    case .greek:
      [
        0x370..<0x374, 0x375..<0x3E2, 0x3F0..<0x400, 0x1D26..<0x1D2B, 0x1D5D..<0x1D62,
        0x1D66..<0x1D6B, 0x1DBF..<0x1DC0, 0x1F00..<0x1FFF, 0x2126..<0x2127, 0xAB65..<0xAB66,
      ]
    case .hebrew: [0x5D0..<0x5F3, 0xFB1D..<0xFB50]
    case .arabic:
      [
        0x620..<0x700, 0x750..<0x780, 0x870..<0x8E2, 0xFB50..<0xFEFD,
        0x1EE00..<0x1EEBC,
      ]
    case .devanagari: [0x900..<0x980, 0xA8E0..<0xA900]
    case .bengali: [0x980..<0x9FF]
    case .tamil: [0xB82..<0xBD1]
    case .telugu: [0xC00..<0xC64]
    case .thai: [0xE01..<0xE5C]
    case .georgian: [0x10A0..<0x1100, 0x1C90..<0x1CC0, 0x2D00..<0x2D2E]
    case .han:
      [
        0x3005..<0x3008, 0x3038..<0x303C, 0x3400..<0xA000, 0xF900..<0xFADA, 0x16FE2..<0x16FE4,
        0x20000..<0x3134B,
      ]
    case .kana:
      [
        0x3041..<0x30A0, 0x30A1..<0x30FB, 0x30FD..<0x3100, 0x31F0..<0x3200, 0xFF66..<0xFF70,
        0xFF71..<0xFF9E, 0x1AFF0..<0x1B123, 0x1B150..<0x1B153, 0x1B164..<0x1B168,
      ]
    case .hangul:
      [0x1100..<0x1200, 0x3131..<0x318F, 0xA960..<0xA97D, 0xAC00..<0xD7FC, 0xFFA0..<0xFFDD]
    }
  }
}
