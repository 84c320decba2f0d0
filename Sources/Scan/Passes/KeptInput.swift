internal import Ingest

/// The last frames of the input, decompressed, in memory, from the first pass to the second.
package struct KeptInput: Sendable {
  private var files: [File] = []

  private struct File {
    /// The number of the first frame that is kept, as all after it are.
    var start: Int
    /// Nil where a frame has no rows.
    var frames: [KeptChunk?] = []
  }

  init() {}

  /// Adds the next frame of a file; files come one after the other.
  mutating func append(_ texts: KeptChunk?, file: Int) {
    while files.count <= file { files.append(File(start: 0)) }
    files[file].frames.append(texts)
  }

  /// The first frame of a file that is kept, as all after it are; nil where none is.
  func start(ofFile file: Int) -> Int? {
    file < files.count ? files[file].start : nil
  }

  /// The frames of a file from ``start(ofFile:)`` on.
  func frames(ofFile file: Int) -> [KeptChunk?] { files[file].frames }
}
