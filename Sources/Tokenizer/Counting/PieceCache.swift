internal import Bytes

/// How many tokens short pieces of text have that have been met before.
///
/// A piece has one place; another piece of the same place takes it.
struct PieceCache {
  /// Longer pieces are not kept.
  static let longest = 31

  /// The bytes of a piece, zeros behind them, and its length in the last.
  struct Key: Equatable {
    fileprivate var words: SIMD4<UInt64>

    fileprivate var place: Int {
      let mixed =
        (words[0] ^ words[1] &* 0x9E37_79B9_7F4A_7C15) &* 0xD6E8_FEB8_6659_FD93
        ^ (words[2] ^ words[3] &* 0xC2B2_AE3D_27D4_EB4F) &* 0xA076_1D64_78BD_642F
      return Int(truncatingIfNeeded: ((mixed ^ mixed >> 32) &* 0x9E37_79B9_7F4A_7C15) >> 48)
    }
  }

  // Sixteen bits of places.
  private var keys = [SIMD4<UInt64>](repeating: SIMD4(repeating: .max), count: 1 << 16)
  private var counts = [UInt8](repeating: 0, count: 1 << 16)

  /// The key of a piece of at most ``longest`` bytes.
  static func key(of piece: Span<UInt8>) -> Key {
    precondition(piece.count <= longest)
    var words = SIMD4<UInt64>.zero
    withUnsafeMutableBytes(of: &words) { words in
      piece.withUnsafeBytes { words.copyMemory(from: $0) }
    }
    words[3] |= UInt64(piece.count) << 56
    return Key(words: words)
  }

  /// How many tokens a piece has; nil where that is not known.
  func count(of key: Key) -> Int? {
    let place = key.place
    return keys[place] == key.words ? Int(counts[place]) : nil
  }

  /// Notes how many tokens a piece has, which is no more than it has bytes times two.
  mutating func note(_ count: Int, for key: Key) {
    let place = key.place
    keys[place] = key.words
    counts[place] = UInt8(count)
  }
}
