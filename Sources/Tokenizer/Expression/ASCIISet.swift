/// Which characters of ASCII a class of a regular expression has, and whether it may have others.
struct ASCIISet: Hashable, Sendable {
  private(set) var bits: UInt128 = 0
  /// Whether characters beyond ASCII may be in it.
  var mayHaveOthers = false

  static let all = ASCIISet(bits: .max, mayHaveOthers: true)

  private init(bits: UInt128, mayHaveOthers: Bool) {
    (self.bits, self.mayHaveOthers) = (bits, mayHaveOthers)
  }

  init(_ characters: ClosedRange<UInt32>) {
    mayHaveOthers = characters.upperBound >= 0x80
    for character in characters where character < 0x80 { bits |= 1 << UInt128(character) }
  }

  init(mayHaveOthers: Bool, where belongs: (Unicode.Scalar) -> Bool) {
    self.mayHaveOthers = mayHaveOthers
    for character in UInt8(0)..<0x80 where belongs(Unicode.Scalar(character)) {
      bits |= 1 << UInt128(character)
    }
  }

  func contains(_ character: UInt8) -> Bool { bits >> UInt128(character) & 1 != 0 }

  /// All other characters.
  var inverted: ASCIISet { ASCIISet(bits: ~bits, mayHaveOthers: true) }

  mutating func formUnion(_ other: ASCIISet) {
    bits |= other.bits
    mayHaveOthers = mayHaveOthers || other.mayHaveOthers
  }
}
