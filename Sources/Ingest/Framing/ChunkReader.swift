/// Reads an input file as chunks of whole rows.
///
/// It belongs to one thread. The chunks can go to others.
package final class ChunkReader {
  private let documents: DocumentReader
  private let partition: [UInt8]?
  private let options: FramingOptions
  private let pool: BufferPool
  private var framer: (any FrameSource)?

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - file: A file, or the copy of a stream (``InputFile/spooled(into:)``).
  ///   - fileIndex: Its place among the input files, for ``DocumentIdentity``.
  ///   - isDigesting: Whether ``finish()`` shall give the digest of the file's bytes.
  ///   - isReread: Whether the file has been read before and its checksum will be compared, so that
  ///     those in it need not be.
  ///   - readsAhead: Whether to read the file on a thread of its own.
  ///   - pool: The memory of chunks, made for the same options; nil for one of its own.
  package init(
    _ file: InputFile, fileIndex: Int, isDigesting: Bool = false, isReread: Bool = false,
    readsAhead: Bool = false, options: FramingOptions = FramingOptions(),
    pool: BufferPool? = nil
  ) throws(IngestError) {
    documents = try DocumentReader(
      file, fileIndex: fileIndex, isDigesting: isDigesting, isReread: isReread,
      readsAhead: readsAhead, columns: options.columns, rowLimit: options.maximumRowByteCount,
      window: options.windowByteCount)
    partition = file.partition
    self.options = options
    self.pool = pool ?? BufferPool(capacity: options.chunkByteCount, preparesAhead: false)
  }

  /// How many bytes of the file have been read, compressed, for showing progress.
  package var bytesRead: Int { documents.bytesRead }

  /// The next frame, in the order of the text; nil at the end of the file.
  ///
  /// - Throws: ``IngestError/Code/corrupt``, ``IngestError/Code/truncated`` or
  ///   ``IngestError/Code/unreadable`` with the line that was reached,
  ///   ``IngestError/Code/unsupported``, ``IngestError/Code/malformedArray`` (rows before the
  ///   mistake come out first), ``IngestError/Code/empty`` for an archive without data.
  package func next() throws(IngestError) -> Frame? {
    while true {
      if let frame = try framer?.next() {
        if let partition, case .chunk(let chunk) = frame {
          return .chunk(chunk.with(partition: partition))
        }
        return frame
      }
      framer = nil
      guard let document = try documents.next() else { return nil }
      framer = framer(of: document)
    }
  }

  private func framer(of document: DocumentReader.Document) -> any FrameSource {
    guard let separator = document.separator else {
      return Framer(
        document.source, document: document.identity, options: options, pool: pool,
        sharesText: partition == nil)
    }
    return TableFramer(
      document.source, separator: separator, document: document.identity, options: options,
      pool: pool)
  }

  /// Reads the rest of the file's bytes without a look at what they are, for their checksum.
  func finishUnread() throws(IngestError) -> InputSummary {
    framer = nil
    return try documents.finishUnread()
  }

  /// Reads the rest of the file without framing it.
  ///
  /// Checksums stand behind the data they cover, so damage can first show as a malformed row. Before
  /// a row is blamed this tells whether the file is to blame.
  ///
  /// - Returns: What was read, with the digest if it was wanted.
  /// - Throws: What is wrong with the rest of the file.
  package func finish() throws(IngestError) -> InputSummary {
    framer = nil
    return try documents.finish()
  }
}
