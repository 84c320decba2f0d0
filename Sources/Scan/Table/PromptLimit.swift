internal import Hashing

/// A number of prompts that stand for all: those whose identities have the smallest hashes.
///
/// Whether a prompt is taken depends on neither its place nor its file, and a smaller sample is part
/// of every larger one of the same prompts.
package struct PromptLimit: Equatable, Sendable {
  /// How many prompts are taken; positive.
  package var count: Int
  /// Another number makes another sample.
  package var seed: Int

  package init(count: Int, seed: Int) {
    self.count = count
    self.seed = seed
  }

  /// The sample of some prompts; nil where there are not more than are wanted.
  ///
  /// - Parameter keys: Those of the prompts, each once.
  /// - Complexity: O(n) in time, and in memory O(1).
  func sample(of keys: some Sequence<Fingerprint.Wide>) -> Sample? {
    var sample = Sample(seed: UInt64(truncatingIfNeeded: seed), largest: 0)
    // The largest rank of the sample by its digits of 16 bits: of the prompts whose ranks begin with
    // those that are known, some have a smaller next one, and the others are counted by it.
    var start: UInt128 = 0
    var wanted = count
    for known in stride(from: 0, to: UInt128.bitWidth, by: Self.digitWidth) {
      var counts = [Int](repeating: 0, count: 1 << Self.digitWidth)
      for key in keys {
        let rank = sample.rank(of: key)
        guard rank >> (UInt128.bitWidth - known) == start else { continue }
        let digit = rank >> (UInt128.bitWidth - known - Self.digitWidth)
        counts[Int(digit & (1 << Self.digitWidth - 1))] += 1
      }
      var digit = 0
      while digit < counts.count, counts[digit] < wanted {
        wanted -= counts[digit]
        digit += 1
      }
      guard digit < counts.count else { return nil }
      start = start << Self.digitWidth | UInt128(digit)
      let rest = UInt128.bitWidth - known - Self.digitWidth
      sample.largest = start << rest | ~(UInt128.max << rest)
      if counts[digit] == wanted { break }
    }
    return sample
  }

  private static let digitWidth = 16
}

extension PromptLimit {
  /// The prompts whose ranks are not above a bound.
  struct Sample: Sendable {
    let seed: UInt64
    fileprivate(set) var largest: UInt128

    fileprivate init(seed: UInt64, largest: UInt128) {
      self.seed = seed
      self.largest = largest
    }

    func contains(_ key: Fingerprint.Wide) -> Bool { rank(of: key) <= largest }

    fileprivate func rank(of key: Fingerprint.Wide) -> UInt128 {
      PromptLimit.rank(of: key, seed: seed)
    }
  }

  /// Uniform bits, no two prompts the same: the key with one half mixed with the seed (SplitMix64).
  static func rank(of key: Fingerprint.Wide, seed: UInt64) -> UInt128 {
    UInt128(SplitMix.mixed(key.high, with: seed)) << 64 | UInt128(key.low)
  }
}
