/// The frames of all input files, one after the other.
///
/// `@unchecked Sendable`: one thread at a time uses it, first the pipeline's producer and, when the
/// pipeline has ended, whoever wants the summaries.
final class FrameFeed: @unchecked Sendable {
  private let files: [InputFile]
  private let options: FramingOptions
  private let progress: (@Sendable (Int) -> Void)?
  private var reader: ChunkReader?
  private var bytesBefore = 0
  /// What was read of each file that has been read to its end.
  private(set) var summaries: [InputSummary] = []

  /// - Parameter progress: is told how many bytes of the files have been read.
  init(
    _ files: [InputFile], maximumRowBytes: Int, progress: (@Sendable (Int) -> Void)? = nil
  ) {
    self.files = files
    self.progress = progress
    var options = FramingOptions()
    options.maximumRowByteCount = maximumRowBytes
    self.options = options
  }

  /// The next frame; nil after the last file.
  func next() throws(IngestError) -> Frame? {
    while true {
      if let reader {
        if let frame = try reader.next() {
          progress?(bytesBefore + reader.bytesRead)
          return frame
        }
        let summary = try reader.finish()
        bytesBefore += summary.byteCount
        summaries.append(summary)
        self.reader = nil
      }
      guard summaries.count < files.count else { return nil }
      reader = try ChunkReader(
        files[summaries.count], fileIndex: summaries.count, isDigesting: true, options: options)
    }
  }
}
