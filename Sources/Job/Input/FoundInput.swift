package import Ingest
package import Settings
package import Work

/// The files that the paths of a configuration mean, any of which can be read more than once.
package struct FoundInput: Sendable {
  package var files: [InputFile]
  /// The folders of datasets of this program that stand among the input.
  package var leftOut: [String] = []

  package init(_ files: [InputFile], leftOut: [String] = []) {
    self.files = files
    self.leftOut = leftOut
  }

  /// Finds the files, and copies streams.
  ///
  /// - Parameters:
  ///   - streamFolder: where copies of streams go.
  ///   - expected: what is known of a stream.
  ///   - progress: receives how much of a stream has come.
  package init(
    _ paths: [String], streamFolder: String, expecting expected: ExpectedStream? = nil,
    progress: (any ProgressSink)? = nil
  ) throws {
    var leftOut: [String] = []
    files = try InputDiscovery.files(for: paths, leavingOut: { leftOut.append($0) }).map {
      try $0.rereadable(in: streamFolder, expecting: expected, progress: progress)
    }
    self.leftOut = leftOut
  }
}

extension Configuration.Input {
  /// What the configuration says of a stream; nil where it says nothing.
  package var expectedStream: ExpectedStream? {
    guard streamBytes != nil || streamDigest != nil else { return nil }
    return ExpectedStream(byteCount: streamBytes, sha256: streamDigest)
  }
}
