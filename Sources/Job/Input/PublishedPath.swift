internal import Ingest
internal import Records
package import Settings

/// Paths as documents tell them that go out with a dataset.
package enum PublishedPath {
  /// The folder that relative paths start from, which is the program's own.
  package static var folder: String { WorkingFolder.path }

  /// An absolute path from `folder` on, so that it does not tell how the machine is laid out above
  /// both; any other path as it is.
  package static func of(_ path: String, from folder: String = folder) -> String {
    guard path.hasPrefix("/") else { return path }
    let (names, base) = (path.split(separator: "/"), folder.split(separator: "/"))
    let shared = zip(names, base).prefix { $0 == $1 }.count
    let up = repeatElement("..", count: base.count - shared)
    let relative = (up + names.dropFirst(shared).map(String.init)).joined(separator: "/")
    return relative.isEmpty ? "." : relative
  }
}

extension Configuration {
  /// The configuration without absolute paths.
  package var published: Configuration {
    var published = self
    published.input.paths = input.paths.map(publishedPath)
    published.input.exclude = input.exclude.map { PublishedPath.of($0) }
    published.input.base = input.base.map(publishedPath)
    published.input.tokenizer = input.tokenizer.map { PublishedPath.of($0) }
    published.output.dir = PublishedPath.of(output.dir)
    published.calibration.curve = calibration.curve.map { PublishedPath.of($0) }
    published.calibration.labels = calibration.labels.map { PublishedPath.of($0) }
    published.report.previousCurve = report.previousCurve.map { PublishedPath.of($0) }
    published.run.temporaryFolder = run.temporaryFolder.map { PublishedPath.of($0) }
    return published
  }

  /// A path of the input as the dataset's documents tell it.
  package func publishedPath(_ path: String) -> String {
    guard let base = input.base else { return PublishedPath.of(path) }
    guard path != "-", path != InputFile.standardInput.displayName else { return path }
    func absolute(_ path: String) -> String {
      path.hasPrefix("/") ? path : "\(PublishedPath.folder)/\(path)"
    }
    return PublishedPath.of(absolute(path), from: absolute(base))
  }
}
