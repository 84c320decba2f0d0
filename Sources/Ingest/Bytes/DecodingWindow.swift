/// How much of their text compressed files may refer back to, which has to be kept in memory.
package enum DecodingWindow {
  /// What the zstd program takes without being asked; every level of xz has less.
  package static let usual = 128 << 20

  /// The power of two that a window is within, as libzstd counts.
  static func logarithm(of byteCount: Int) -> Int32 {
    let bits = Int.bitWidth - max(byteCount - 1, 1).leadingZeroBitCount
    return Int32(min(max(bits, 10), 31))
  }
}
