internal import Hashing

/// Writes texts into a file, together with the others of their bucket, so that each bucket can be
/// read alone.
///
/// Texts come in any order of buckets and are collected in memory. A compressed block is written for
/// a bucket whose texts fill one, and for every bucket that has some when all take as much as the
/// budget. The bytes of the file depend on what comes, in which order, and on the budget.
package struct TextBlocksWriter: ~Copyable {
  /// Bytes of text that are collected before blocks are written.
  package static let usualBudget = 64 << 20

  /// Bytes of text that fill a block: larger ones take memory that the system has to clear first.
  private static let fullBlock = 1 << 20

  private var file: OutputFile
  private let compressor: ZstdCompressor
  private let budget: Int
  private var pending: [Int: [UInt8]] = [:]
  private var pendingByteCount = 0
  /// Memory of a block that was written, for the next.
  private var spare: [UInt8] = []
  private var written = TextBlocks()

  /// Creates the file.
  package init(path: String, budget: Int = usualBudget) throws(EmitError) {
    let compressor = try ZstdCompressor(file: path, workers: nil, level: .quick)
    self.init(file: try OutputFile(path: path), compressor: compressor, budget: budget)
  }

  private init(file: consuming OutputFile, compressor: ZstdCompressor, budget: Int) {
    self.file = file
    self.compressor = compressor
    self.budget = budget
  }

  /// Takes a text of the prompt of this number.
  package mutating func append(
    _ piece: TextPiece, prompt: UInt32, bucket: Int
  ) throws {
    var bytes = pending.removeValue(forKey: bucket) ?? exchange(&spare, with: [])
    let former = bytes.count
    piece.write(prompt: prompt, to: &bytes)
    if bytes.count >= Self.fullBlock {
      pendingByteCount -= former
      try write(bytes, bucket: bucket)
      bytes.removeAll(keepingCapacity: true)
      spare = bytes
      return
    }
    pendingByteCount += bytes.count - former
    pending[bucket] = bytes
    if pendingByteCount >= budget { try flush() }
  }

  /// Writes what is left and makes the file durable.
  package consuming func finish() throws -> TextBlocks {
    try flush()
    var written = written
    written.sha256 = try file.finish().digest.hexadecimal
    return written
  }

  private mutating func flush() throws {
    for bucket in pending.keys.sorted() {
      guard let bytes = pending.removeValue(forKey: bucket) else { continue }
      try write(bytes, bucket: bucket)
    }
    pendingByteCount = 0
  }

  private mutating func write(_ bytes: [UInt8], bucket: Int) throws {
    try compressor.compress(bytes.span.bytes, isLast: true) { try file.write($0) }
    written.append(
      bucket: bucket, byteCount: file.byteCount - written.byteCount, rawByteCount: bytes.count)
  }
}
