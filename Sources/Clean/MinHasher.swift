internal import CKernels
internal import Hashing

/// How a signature is cut into bands: prompts that agree in all rows of a band are compared.
///
/// Two prompts whose sets of n-grams have the Jaccard similarity s are compared with the probability
/// 1 − (1 − s^rows)^bands (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, 3.4).
package struct BandShape: Hashable, Sendable {
  package var bands: Int
  /// At most ``rowLimit``.
  package var rows: Int

  /// A band is a number of 64 bits, with 8 for each row.
  package static let rowLimit = 8

  package init(bands: Int, rows: Int) {
    self.bands = bands
    self.rows = rows
  }

  /// The Jaccard similarity that agreeing in `matches` rows of all bands tells of.
  ///
  /// Of the least hash of each row 8 bits are kept, in which unlike ones agree once in 256 times (b-bit
  /// minwise hashing, Li and König 2010, equation 8 for sets that are small beside all there could be).
  func similarity(matches: Int) -> Double {
    let byChance = 1.0 / 256
    return (Double(matches) / Double(bands * rows) - byChance) / (1 - byChance)
  }
}

/// Makes MinHash signatures of sets of n-grams (Broder 1997).
///
/// A signature is a number for each band, 8 · bands bytes. The hash functions are multiply-shift
/// (Dietzfelbinger 1996) of the lower half of an n-gram's fingerprint, the same on every machine.
package struct MinHasher: Sendable {
  package let shape: BandShape
  private let factors: [UInt64]
  private let terms: [UInt64]
  private var minima: [UInt32]

  package init(_ shape: BandShape) {
    self.shape = shape
    var random = SplitMix(seed: 0)
    factors = (0..<(shape.bands * shape.rows)).map { _ in random.next() | 1 }
    terms = factors.map { _ in random.next() }
    minima = factors.map { _ in .max }
  }

  /// The signature of a set of n-grams, which may come several times; empty where there are none.
  package mutating func signature(of ngrams: [UInt64]) -> [UInt64] {
    guard !ngrams.isEmpty else { return [] }
    for index in minima.indices { minima[index] = .max }
    minima.withUnsafeMutableBufferPointer { minima in
      lower_minima(
        minima.baseAddress, factors, terms, minima.count, ngrams, ngrams.count)
    }
    return (0..<shape.bands).map { band in
      minima[(band * shape.rows)..<((band + 1) * shape.rows)].reduce(0) {
        $0 << 8 | UInt64($1 & 0xFF)
      }
    }
  }
}
