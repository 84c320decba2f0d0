/// How many tokens short pieces of text have that have been met before.
///
/// A piece has one place; another piece of the same place takes it.
struct PieceCache {
  /// Longer pieces are not kept.
  static let longest = 30

  /// The bytes of a piece, zeros behind them, and its length in the last.
  struct Key {
    fileprivate var words: SIMD4<UInt64>

    fileprivate var place: Int {
      let mixed =
        (words[0] ^ words[1] &* 0x9E37_79B9_7F4A_7C15) &* 0xD6E8_FEB8_6659_FD93
        ^ (words[2] ^ words[3] &* 0xC2B2_AE3D_27D4_EB4F) &* 0xA076_1D64_78BD_642F
      return Int(truncatingIfNeeded: ((mixed ^ mixed >> 32) &* 0x9E37_79B9_7F4A_7C15) >> 49)
    }
  }

  /// Where the number of tokens stands in the last word of an entry.
  private static let countShift: UInt64 = 48

  /// Keys, and the number of tokens in their last byte but one: fifteen bits of places.
  private var entries = [SIMD4<UInt64>](repeating: .zero, count: 1 << 15)

  /// The key of a piece of 1 to ``longest`` bytes.
  static func key(of piece: Span<UInt8>) -> Key {
    precondition(!piece.isEmpty && piece.count <= longest)
    let bytes = piece.bytes
    var words = SIMD4<UInt64>.zero
    let whole = piece.count / 8
    // Any bytes make a number, and every place is checked.
    for word in 0..<whole {
      words[word] = bytes.unsafeLoadUnaligned(fromByteOffset: word * 8, as: UInt64.self)
    }
    let (start, rest) = (whole * 8, piece.count % 8)
    func part<Part: FixedWidthInteger & BitwiseCopyable>(_ type: Part.Type, _ place: Int) -> UInt64
    {
      UInt64(bytes.unsafeLoadUnaligned(fromByteOffset: place, as: type))
    }
    // Two parts that overlap make up the rest.
    switch rest {
    case 0: break
    case 1: words[whole] = part(UInt8.self, start)
    case 2, 3:
      words[whole] =
        part(UInt16.self, start) | part(UInt16.self, piece.count - 2) << UInt64((rest - 2) * 8)
    default:
      words[whole] =
        part(UInt32.self, start) | part(UInt32.self, piece.count - 4) << UInt64((rest - 4) * 8)
    }
    words[3] |= UInt64(piece.count) << 56
    return Key(words: words)
  }

  /// How many tokens a piece has; nil where that is not known.
  func count(of key: Key) -> Int? {
    var entry = entries[key.place]
    let count = entry[3] >> Self.countShift & 0xFF
    entry[3] &= ~(0xFF << Self.countShift)
    return entry == key.words ? Int(count) : nil
  }

  /// Notes how many tokens a piece has, which is no more than it has bytes times two.
  mutating func note(_ count: Int, for key: Key) {
    var entry = key.words
    entry[3] |= UInt64(count) << Self.countShift
    entries[key.place] = entry
  }
}
