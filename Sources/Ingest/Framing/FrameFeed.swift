/// The frames of one input file, opened when the first is asked for.
///
/// `@unchecked Sendable`: one thread at a time uses it, first those of the pipeline and, when the
/// pipeline has ended, the thread that wants the summary.
package final class FrameFeed: @unchecked Sendable {
  private let file: InputFile
  private let fileIndex: Int
  private let isDigesting: Bool
  private let isReread: Bool
  private let readsAhead: Bool
  private let options: FramingOptions
  private let pool: BufferPool
  private let progress: ReadingProgress?
  private var reader: ChunkReader?
  private var reported = 0
  /// What was read of the file, once it has been read to its end.
  package private(set) var summary: InputSummary?

  /// The feeds of files that some threads read at the same time.
  ///
  /// - Parameters:
  ///   - isDigesting: Whether the summaries have a digest.
  ///   - isReread: Whether the files have been read before and the summaries will be compared, so
  ///     that the checksums in the files need not be.
  ///   - pool: The memory of chunks, made for the same options and threads; nil for one of its own.
  package static func feeds(
    of files: [InputFile], isDigesting: Bool, isReread: Bool = false, threads: Int,
    options: FramingOptions, pool: BufferPool? = nil, progress: (@Sendable (Int) -> Void)?
  ) -> [FrameFeed] {
    let meter = progress.map { ReadingProgress($0) }
    // With more files than threads every thread has enough to do.
    let readsAhead = files.count < threads
    let pool = pool ?? BufferPool(capacity: options.chunkByteCount, preparesAhead: readsAhead)
    return files.enumerated().map { index, file in
      FrameFeed(
        file, fileIndex: index, isDigesting: isDigesting, isReread: isReread,
        readsAhead: readsAhead, options: options, pool: pool, progress: meter)
    }
  }

  private init(
    _ file: InputFile, fileIndex: Int, isDigesting: Bool, isReread: Bool, readsAhead: Bool,
    options: FramingOptions, pool: BufferPool, progress: ReadingProgress?
  ) {
    self.file = file
    self.fileIndex = fileIndex
    self.isDigesting = isDigesting
    self.isReread = isReread
    self.readsAhead = readsAhead
    self.options = options
    self.pool = pool
    self.progress = progress
  }

  /// The next frame; nil at the end of the file.
  package func next() throws(IngestError) -> Frame? {
    guard summary == nil else { return nil }
    let reader = try openReader()
    if let frame = try reader.next() {
      progress?.advance(by: reader.bytesRead - reported)
      reported = reader.bytesRead
      return frame
    }
    summary = try reader.finish()
    self.reader = nil
    return nil
  }

  /// Leaves the rest of the frames out; the summary is none of theirs, but of the whole file's bytes.
  package func finishUnread() throws(IngestError) {
    guard summary == nil else { return }
    summary = try openReader().finishUnread()
    reader = nil
  }

  private func openReader() throws(IngestError) -> ChunkReader {
    if let reader { return reader }
    let opened = try ChunkReader(
      file, fileIndex: fileIndex, isDigesting: isDigesting, isReread: isReread,
      readsAhead: readsAhead, options: options, pool: pool)
    reader = opened
    return opened
  }
}
