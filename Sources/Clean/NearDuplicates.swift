package import Columns

/// Finds prompts that nearly repeat another, by their signatures.
///
/// Prompts come one after the other. Each is compared with those that were kept and agree with it in a
/// band; where the similarity that the signatures tell of is at least the bound, it is a duplicate of
/// the first such, and is not kept. So no two prompts that are kept were found to be similar, and each
/// duplicate is similar to the prompt that stands for it: there are no chains.
///
/// A prompt takes ``byteCount(perPromptOf:)`` bytes with its signature.
package struct NearDuplicates: ~Copyable {
  private let shape: BandShape
  private let similarity: Double
  /// The number of each prompt that was kept.
  private var kept: [UInt32] = []
  /// For each band an open-addressing table of the last kept prompt in each bucket, as its place
  /// among the kept ones.
  private var heads: [[UInt32]]
  /// For each band and each kept prompt the one before it in its bucket.
  private var former: [[UInt32]]
  /// For each kept prompt the last one that was compared with it.
  private var lastCompared: [UInt32] = []
  /// How many prompts were not compared with all kept ones of a bucket, as there were too many.
  package private(set) var cutCount = 0

  /// A prompt is compared with the last so many of a bucket: prompts made of one template would take
  /// quadratic time.
  package static let bucketLimit = 1000

  /// - Parameters:
  ///   - similarity: the least Jaccard similarity of duplicates, as signatures tell it.
  ///   - count: how many prompts may come.
  package init(_ shape: BandShape, similarity: Double, count: Int) {
    self.shape = shape
    self.similarity = similarity
    // Four fifths full at most.
    let table = [UInt32](repeating: .max, count: max(8, count + count / 4))
    heads = Array(repeating: table, count: shape.bands)
    former = Array(repeating: [], count: shape.bands)
  }

  /// What a prompt takes at most while duplicates are looked for, its signature included.
  package static func byteCount(perPromptOf shape: BandShape) -> Int {
    shape.bands * (8 + 5 + 4) + 8
  }

  /// The kept prompt that one duplicates; nil where it is kept itself.
  ///
  /// - Parameters:
  ///   - prompt: a number that has not come before.
  ///   - signatures: those of all prompts by their numbers, one after the other.
  package mutating func original(of prompt: Int, in signatures: Column<UInt64>) -> Int? {
    let first = prompt * shape.bands
    let own = (0..<shape.bands).map { signatures[first + $0] }
    var found: UInt32?
    var slots: [Int] = []
    var isCut = false
    for band in 0..<shape.bands {
      let slot = slot(of: own[band], band, in: signatures)
      slots.append(slot)
      var place = heads[band][slot]
      var count = 0
      while place != .max {
        guard count < Self.bucketLimit else {
          isCut = true
          break
        }
        count += 1
        if lastCompared[Int(place)] != UInt32(prompt) {
          lastCompared[Int(place)] = UInt32(prompt)
          if place < found ?? .max, isSimilar(own, to: kept[Int(place)], in: signatures) {
            found = place
          }
        }
        place = former[band][Int(place)]
      }
    }
    if isCut { cutCount += 1 }
    if let found { return Int(kept[Int(found)]) }
    for band in 0..<shape.bands {
      former[band].append(heads[band][slots[band]])
      heads[band][slots[band]] = UInt32(kept.count)
    }
    kept.append(UInt32(prompt))
    lastCompared.append(UInt32(prompt))
    return nil
  }

  /// The place in a band's table of the bucket of a key, or the one that it would get.
  private func slot(of key: UInt64, _ band: Int, in signatures: Column<UInt64>) -> Int {
    let count = heads[band].count
    // Keys of few rows have empty upper bits.
    var slot = Int((key &* 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: UInt64(count)).high)
    while heads[band][slot] != .max,
      signatures[Int(kept[Int(heads[band][slot])]) * shape.bands + band] != key
    {
      slot = slot + 1 == count ? 0 : slot + 1
    }
    return slot
  }

  private func isSimilar(
    _ own: [UInt64], to prompt: UInt32, in signatures: Column<UInt64>
  ) -> Bool {
    let first = Int(prompt) * shape.bands
    var differences = 0
    for band in 0..<shape.bands {
      differences += Self.unequalBytes(own[band] ^ signatures[first + band])
    }
    return shape.similarity(matches: shape.bands * shape.rows - differences) >= similarity
  }

  /// How many bytes of a number are not 0.
  private static func unequalBytes(_ difference: UInt64) -> Int {
    let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    return (((difference & low) &+ low | difference) & ~low).nonzeroBitCount
  }
}
