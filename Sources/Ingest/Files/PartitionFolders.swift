/// The folders whose names are read as values of the rows below them (`source=web`).
package enum PartitionFolders: Sendable {
  /// Every folder of a path.
  case all
  /// Those below a path that was given, for datasets that are the same wherever they lie.
  case belowPaths
  case none

  /// The values of a file that a path led to.
  func partition(of file: InputFile, foundBy path: String) -> PathPartition {
    switch self {
    case .all: PathPartition(file.path)
    case .belowPaths: PathPartition(file.path, behind: Self.fixedPartCount(path))
    case .none: PathPartition("")
    }
  }

  /// How many parts of a path are the same for all files that it leads to.
  private static func fixedPartCount(_ path: String) -> Int {
    path.split(separator: "/").prefix { !PathPattern.isPattern(String($0)) }.count
  }
}
