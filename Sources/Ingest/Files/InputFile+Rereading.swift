internal import Glibc
package import Work

extension InputFile {
  /// Where copies of streams go when nothing is written beside them: `TMPDIR`, or `/tmp`.
  package static var temporaryFolder: String {
    guard let name = getenv("TMPDIR").map({ String(cString: $0) }), !name.isEmpty else {
      return "/tmp"
    }
    return name
  }

  /// A file that can be read any number of times: this one, or the copy of a stream.
  ///
  /// - Parameters:
  ///   - folder: where the copy goes; it must have room for all of the stream.
  ///   - expected: what is known of a stream.
  ///   - progress: receives how much of a stream has come.
  /// - Throws: ``IngestError``, and ``Interruption/Requested`` while the stream is waited for.
  package func rereadable(
    in folder: String = temporaryFolder, expecting expected: ExpectedStream? = nil,
    progress: (any ProgressSink)? = nil
  ) throws -> InputFile {
    guard isStream else {
      try expected?.check(self)
      return self
    }
    progress?.begin("receiving", total: expected?.byteCount ?? 0)
    defer { progress?.end() }
    return try Interruption.whileWaiting {
      try spooled(into: folder, expecting: expected) { progress?.update($0) }
    }
  }
}
