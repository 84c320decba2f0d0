internal import Records

/// Finds the files that the paths of a configuration mean.
package enum InputDiscovery {
  /// The files that `paths` mean, in the order given; what a pattern or folder yields is sorted
  /// by the bytes of its path.
  ///
  /// A path is, in this order: `-` (standard input), an existing file or folder, a pattern with
  /// `*`, `?`, `[…]` or `**`. Folders are searched to any depth for names that look like data;
  /// hidden ones are left out. A pattern takes every file it matches but those that are known to be
  /// no data. A file that is named by itself is read whatever its name.
  ///
  /// Datasets of this program among other data are what was made of that data, and are left out;
  /// so are the folders that its runs write in.
  ///
  /// - Parameters:
  ///   - partitions: which folders' names are read as values of the rows below them.
  ///   - leavingOut: called with the folder of every dataset that is left out.
  /// - Throws: ``IngestError/Code/missingInput`` for a path that means no file,
  ///   ``IngestError/Code/repeatedInput`` if a file would be read twice (also under another name:
  ///   its rows would count twice), ``IngestError/Code/unreadable`` if a folder cannot be listed.
  package static func files(
    for paths: [String], partitions: PartitionFolders = .all,
    leavingOut: (String) -> Void = { _ in }
  ) throws(IngestError) -> [InputFile] {
    var files = [InputFile]()
    var columns = [PathPartition]()
    var seen = [FileStatus.Identity: String]()
    for path in paths {
      for found in withoutOwn(try self.files(for: path), leavingOut) {
        if let identity = found.identity, let earlier = seen[identity] {
          throw IngestError(
            .repeatedInput, "this file is named more than once, first as \(earlier)",
            at: SourceLocation(file: found.file.displayName),
            hint: "its rows would count twice; name each file once")
        }
        if let identity = found.identity { seen[identity] = found.file.displayName }
        files.append(found.file)
        columns.append(partitions.partition(of: found.file, foundBy: path))
      }
    }
    let numbers = PathPartition.wholeNumbers(of: columns)
    return zip(files, columns).map { $0.with($1.json(wholeNumbers: numbers)) }
  }

  private struct Found {
    let file: InputFile
    let identity: FileStatus.Identity?
    /// The folder of the dataset of ours that the file was found in, below what was named.
    let dataset: String?

    init(_ path: String, _ status: FileStatus, of dataset: String? = nil) {
      self.dataset = dataset
      let isStream = status.kind == .stream
      file = InputFile(
        path: path, displayName: path, byteCount: isStream ? nil : status.byteCount,
        isStream: isStream)
      identity = status.identity
    }

    /// The same file, one of several that were not named by themselves.
    var amongOthers: Found {
      Found(file: file.allowedToBeEmpty, identity: identity, dataset: dataset)
    }

    private init(file: InputFile, identity: FileStatus.Identity?, dataset: String?) {
      self.file = file
      self.identity = identity
      self.dataset = dataset
    }

    private init(file: InputFile) {
      self.init(
        file: file, identity: FileStatus.Identity(device: .max, node: .max), dataset: nil)
    }

    static let standardInput = Found(file: .standardInput)
  }

  private static func files(for path: String) throws(IngestError) -> [Found] {
    if path == "-" { return [.standardInput] }
    if let status = try FileStatus(path) {
      guard status.kind == .folder else { return [Found(path, status)] }
      let files = try dataFiles(in: path)
      guard !files.isEmpty else { throw noData(inFolder: path) }
      return withEmptyOnes(files)
    }
    if let command = RemotePath.command(fetching: path) {
      throw IngestError(
        .missingInput, "only files of this machine are read", at: SourceLocation(file: path),
        hint: "fetch it first: `\(command)`")
    }
    guard PathPattern.isPattern(path) else { throw missing(path) }
    if let folder = try PathPattern.missingFolder(of: path) {
      throw missing(
        path, "no file matches this pattern, as there is no folder \(folder)", looking: folder)
    }
    var files = [Found]()
    var passed = 0
    for match in try PathPattern.matches(of: path) {
      guard let status = try FileStatus(match) else { continue }
      let place = try DatasetFolders.place(of: match, matching: path)
      if place == .work { continue }
      if status.kind == .folder {
        files += try dataFiles(in: match, of: place.dataset)
      } else if DataFileName.isSideFile(match) {
        passed += 1
      } else {
        files.append(Found(match, status, of: place.dataset))
      }
    }
    guard !files.isEmpty || passed == 0 else {
      throw IngestError(
        .missingInput, "what matches this pattern is not a data file",
        at: SourceLocation(file: path),
        hint: "name a file by itself to have it read whatever its name")
    }
    guard !files.isEmpty else {
      throw IngestError(
        .missingInput, "no file matches this pattern", at: SourceLocation(file: path),
        hint: WorkingFolder.hint(
          "`ls \(path)` shows what the shell finds", forMissing: path))
    }
    return withEmptyOnes(files)
  }

  /// Leaves out datasets of this program where there is other data.
  private static func withoutOwn(_ files: [Found], _ leavingOut: (String) -> Void) -> [Found] {
    let others = files.filter { $0.dataset == nil }
    guard !others.isEmpty, others.count < files.count else { return files }
    var told: Set<String> = []
    for case let dataset? in files.map(\.dataset) where told.insert(dataset).inserted {
      leavingOut(dataset)
    }
    return others
  }

  /// Spark writes partitions without rows: as files without bytes, as tables of a header alone.
  ///
  /// Among others they are not a mistake; that all of them are empty is found when they are read.
  private static func withEmptyOnes(_ files: [Found]) -> [Found] {
    files.count > 1 ? files.map(\.amongOthers) : files
  }

  /// The data files of a folder, to any depth.
  private static func dataFiles(
    in folder: String, of dataset: String? = nil
  ) throws(IngestError) -> [Found] {
    var files = [Found]()
    try collectDataFiles(in: folder, of: dataset, ancestors: [], into: &files)
    return files.sorted {
      ByteOrder.areInIncreasingOrder($0.file.path, $1.file.path)
    }
  }

  /// - Parameter ancestors: The folders above this one, so that a link back up ends the search.
  private static func collectDataFiles(
    in folder: String, of dataset: String?, ancestors: Set<FileStatus.Identity>,
    into files: inout [Found]
  ) throws(IngestError) {
    guard let status = try FileStatus(folder), !ancestors.contains(status.identity) else { return }
    // What was named itself is meant, a dataset of ours too.
    let isNamed = ancestors.isEmpty
    let ancestors = ancestors.union([status.identity])
    let names = try FileStatus.names(inFolder: folder)
    if !isNamed, names.contains(Manifest.workMark) { return }
    if let rows = try DatasetFolders.rows(ofOwn: folder, names: names) {
      return try collectDataFiles(
        in: rows, of: dataset ?? (isNamed ? nil : folder), ancestors: ancestors, into: &files)
    }
    for name in names where !DataFileName.isHidden(name) {
      let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      guard let status = try FileStatus(path) else { continue }
      switch status.kind {
      case .folder:
        try collectDataFiles(in: path, of: dataset, ancestors: ancestors, into: &files)
      case .regular where DataFileName.looksLikeData(name):
        files.append(Found(path, status, of: dataset))
      default: break
      }
    }
  }

  private static func noData(inFolder path: String) -> IngestError {
    IngestError(
      .missingInput, "this folder holds no data files", at: SourceLocation(file: path),
      hint: "files named .jsonl, .json, .ndjson, .parquet, .csv or .tsv, compressed or not, and "
        + "archives are read; a pattern such as \(path)/* takes files of other names, too")
  }

  /// - Parameter part: what of the path is not there.
  private static func missing(
    _ path: String, _ message: String = "no such file or folder", looking part: String? = nil
  ) -> IngestError {
    var hint: String?
    if let unexpanded = PathSpelling.unexpanded(path) {
      hint = unexpanded
    } else if let nearest = NearestName.sibling(ofMissing: part ?? path) {
      hint = "did you mean \(nearest)?"
    }
    return IngestError(
      .missingInput, message, at: SourceLocation(file: path),
      hint: WorkingFolder.hint(hint, forMissing: path))
  }
}
