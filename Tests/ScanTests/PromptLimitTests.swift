import Hashing
import Testing

@testable import Scan

/// Which prompts a sample takes.
@Suite struct PromptLimitTests {
  /// Keys as ids have them; some share a half, which leaves the choice to the other.
  private static let keys: [Fingerprint.Wide] = (0..<2000).map { number in
    let key = Fingerprint.wide(of: Array("prompt-\(number)".utf8).span.bytes)
    return number.isMultiple(of: 7) ? Fingerprint.Wide(high: 5, low: key.low) : key
  }

  /// Multiplication and shifts in steps of their own: the finisher of SplitMix64, as published.
  private static func rank(_ key: Fingerprint.Wide, seed: UInt64) -> (UInt64, UInt64) {
    var z = key.high ^ (seed &* 0x9E37_79B9_7F4A_7C15)
    for (shift, factor) in [(30, 0xBF58_476D_1CE4_E5B9), (27, 0x94D0_49BB_1331_11EB)]
      as [(UInt64, UInt64)]
    {
      z ^= z >> shift
      z = z &* factor
    }
    return (z ^ (z >> 31), key.low)
  }

  private static func sample(_ count: Int, _ keys: [Fingerprint.Wide], seed: Int = 0) -> Set<
    Fingerprint.Wide
  > {
    let sample = PromptLimit(count: count, seed: seed).sample(of: keys)
    return Set(keys.filter { sample?.contains($0) ?? true })
  }

  @Test(arguments: [1, 2, 100, 286, 287, 1000, 1999], [0, 1, Int.max])
  func theSmallestRanksAreTaken(count: Int, seed: Int) {
    let sorted = Self.keys.sorted {
      Self.rank($0, seed: UInt64(seed)) < Self.rank($1, seed: UInt64(seed))
    }
    let taken = Self.sample(count, Self.keys, seed: seed)
    #expect(taken == Set(sorted.prefix(count)))
    #expect(taken.count == count)
    #expect(Self.sample(count, Self.keys.reversed(), seed: seed) == taken)
  }

  @Test func withFewerPromptsThanWantedAllAreTaken() {
    #expect(PromptLimit(count: 2000, seed: 0).sample(of: Self.keys)?.contains(Self.keys[0]) ?? true)
    #expect(Self.sample(2000, Self.keys).count == 2000)
    #expect(PromptLimit(count: 2001, seed: 0).sample(of: Self.keys) == nil)
    #expect(PromptLimit(count: 1, seed: 0).sample(of: []) == nil)
  }

  @Test func aSmallerSampleIsPartOfALargerOne() {
    for (small, large) in [(1, 10), (10, 500), (500, 1500)] {
      #expect(Self.sample(small, Self.keys).isSubset(of: Self.sample(large, Self.keys)))
    }
  }

  @Test func anotherSeedMakesAnotherSample() {
    #expect(Self.sample(500, Self.keys, seed: 1) != Self.sample(500, Self.keys, seed: 2))
  }
}
