/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers for the same seed on every machine.
///
/// Tests print their seed, so a failure can be had again.
package struct SeededRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 to `bound` − 1.
  package mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// About normal: the sum of twelve uniform numbers.
  package mutating func normal() -> Double {
    (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &self) }
  }

  /// Bytes up to `largest`; few different ones repeat as in text.
  package mutating func bytes(count: Int, distinct largest: UInt8 = 255) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0...largest, using: &self) }
  }
}
