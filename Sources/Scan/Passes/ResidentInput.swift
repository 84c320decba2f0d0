internal import Ingest

/// The last frames of the input, decompressed, in memory, from the first pass to the second.
///
/// Of an input that is larger than there is memory for it the last frames stay, so that the second
/// pass reads it anew from its beginning up to them. Where memory turns out to be dear no more is
/// taken, and each further frame takes the place of the first.
package struct ResidentInput: Sendable {
  /// What may be kept.
  package struct Limit: Sendable {
    package var byteCount: Int
    /// Where the candidates of a prompt are apart, so that texts have to wait and take memory, too.
    package var scatteredByteCount: Int
    /// Whether dear memory is worth it, too, as the input is slow to decompress.
    package var isWorthDearMemory: Bool

    /// - Parameter scatteredByteCount: nil for as much as otherwise.
    package init(
      byteCount: Int, scatteredByteCount: Int? = nil, isWorthDearMemory: Bool = false
    ) {
      self.byteCount = byteCount
      self.scatteredByteCount = scatteredByteCount ?? byteCount
      self.isWorthDearMemory = isWorthDearMemory
    }

    package static let none = Limit(byteCount: 0)
  }

  /// What was kept, in figures.
  package struct Account: Sendable {
    /// The memory that it took.
    package var byteCount = 0
    /// Whether memory was too dear to keep more.
    package var isMemoryDear = false

    package init() {}
  }

  private struct File {
    /// The number of the first frame that is kept, as all after it are.
    var start = 0
    /// Nil where a frame has no rows, or is not kept.
    var frames: [ResidentChunk?] = []
  }

  private var limit: Limit
  private let pool: BufferPool
  private var files: [File] = []
  /// The first file of which a frame is kept.
  private var first = 0
  package private(set) var account = Account()

  /// - Parameter pool: where the memory of chunks comes from.
  init(_ limit: Limit, pool: BufferPool) {
    self.limit = limit
    self.pool = pool
  }

  /// Adds the next frame of a file; files come one after the other.
  ///
  /// - Parameter isScattered: Whether the candidates of some prompt are apart.
  mutating func append(_ texts: ResidentChunk?, file: Int, isScattered: Bool) {
    if isScattered { limit.byteCount = min(limit.byteCount, limit.scatteredByteCount) }
    while files.count <= file { files.append(File()) }
    files[file].frames.append(texts)
    account.byteCount += texts?.byteCount ?? 0
    if !account.isMemoryDear, !limit.isWorthDearMemory, pool.isDear {
      account.isMemoryDear = true
      limit.byteCount = min(limit.byteCount, account.byteCount)
    }
    while account.byteCount > limit.byteCount { dropFirst() }
  }

  private mutating func dropFirst() {
    while files[first].start == files[first].frames.count { first += 1 }
    let start = files[first].start
    account.byteCount -= files[first].frames[start]?.byteCount ?? 0
    files[first].frames[start] = nil
    files[first].start += 1
  }

  /// The first frame of a file that is kept, as all after it are; nil where none is.
  func start(ofFile file: Int) -> Int? {
    guard file < files.count, files[file].start < files[file].frames.count else { return nil }
    return files[file].start
  }

  /// The frames of a file, by their numbers.
  func frames(ofFile file: Int) -> [ResidentChunk?] { files[file].frames }
}
