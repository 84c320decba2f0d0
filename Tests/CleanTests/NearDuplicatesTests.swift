import Columns
import TestSupport
import Testing

@testable import Clean

@Suite struct NearDuplicatesTests {
  /// Sets of `size` numbers of which `shared` are in both: Jaccard shared / (2 size − shared).
  private static func sets(
    _ size: Int, shared: Int, _ random: inout SeededRandom
  ) -> ([UInt64], [UInt64]) {
    let numbers = (0..<(2 * size - shared)).map { _ in random.next() }
    return (Array(numbers.prefix(size)), Array(numbers.suffix(size)))
  }

  private static func equalBytes(_ one: [UInt64], _ other: [UInt64], rows: Int) -> Int {
    var count = 0
    for (one, other) in zip(one, other) {
      for row in 0..<rows {
        let shift = UInt64(8 * row)
        if UInt8(truncatingIfNeeded: one >> shift) == UInt8(truncatingIfNeeded: other >> shift) {
          count += 1
        }
      }
    }
    return count
  }

  /// The mean of estimates is the similarity, their variance that of as many draws.
  @Test(arguments: [(100, 50), (100, 80), (40, 36), (30, 0), (5, 4), (1000, 900)])
  func signaturesTellTheJaccardSimilarity(size: Int, shared: Int) {
    var random = SeededRandom(seed: UInt64(size + shared))
    let shape = BandShape(bands: 14, rows: 8)
    var hasher = MinHasher(shape)
    let count = 400
    let estimates = (0..<count).map { _ in
      let (one, other) = Self.sets(size, shared: shared, &random)
      let matches = Self.equalBytes(
        hasher.signature(of: one), hasher.signature(of: other.reversed() + other), rows: 8)
      return shape.similarity(matches: matches)
    }
    let similarity = Double(shared) / Double(2 * size - shared)
    let agreeing = similarity + (1 - similarity) / 256
    let variance = agreeing * (1 - agreeing) / 112
    let mean = estimates.reduce(0, +) / Double(count)
    let spread = estimates.reduce(0) { $0 + ($1 - similarity) * ($1 - similarity) } / Double(count)
    #expect(abs(mean - similarity) < 4 * (variance / Double(count)).squareRoot() + 1e-9)
    #expect(spread < 1.4 * variance + 1e-9 && spread > 0.7 * variance - 1e-9)
  }

  /// Against comparing each with all that were kept before it.
  @Test(arguments: [(14, 8, 0.8), (20, 5, 0.5), (3, 1, 0.9), (64, 2, 0.3), (1, 8, 1.0)])
  func theSameAreKeptAsByComparingAll(bands: Int, rows: Int, similarity: Double) {
    var random = SeededRandom(seed: UInt64(bands))
    let shape = BandShape(bands: bands, rows: rows)
    var hasher = MinHasher(shape)
    var sets: [[UInt64]] = []
    for _ in 0..<400 {
      // Some are old ones with a few changes, of which some are old ones again.
      if !sets.isEmpty, random.below(3) > 0 {
        var set = sets[random.below(sets.count)]
        for _ in 0..<random.below(set.count / 2 + 1) {
          set[random.below(set.count)] = random.next()
        }
        sets.append(set)
      } else {
        sets.append((0..<(1 + random.below(60))).map { _ in random.next() })
      }
    }
    let signatures = sets.map { hasher.signature(of: $0) }
    var column = Column<UInt64>()
    for signature in signatures { column.append(signature) }
    var search = NearDuplicates(shape, similarity: similarity, count: sets.count)
    var kept: [Int] = []
    for number in sets.indices {
      let original = kept.first { former in
        let shares = zip(signatures[number], signatures[former]).contains { $0 == $1 }
        let matches = Self.equalBytes(signatures[number], signatures[former], rows: rows)
        return shares && shape.similarity(matches: matches) >= similarity
      }
      if original == nil { kept.append(number) }
      #expect(search.original(of: number, in: column) == original)
    }
    #expect(kept.count < sets.count && kept.count > 10 && search.cutCount == 0)
  }

  /// Buckets without an end would take quadratic time; that they have one is counted.
  @Test func fullBucketsAreCut() {
    let shape = BandShape(bands: 2, rows: 1)
    // All agree in the first band, and no two in the second.
    let count = NearDuplicates.bucketLimit + 10
    var column = Column<UInt64>()
    for number in 0..<count { column.append([7, UInt64(number + 1)]) }
    var search = NearDuplicates(shape, similarity: 1, count: count)
    for number in 0..<count { #expect(search.original(of: number, in: column) == nil) }
    #expect(search.cutCount == 9)
  }
}
