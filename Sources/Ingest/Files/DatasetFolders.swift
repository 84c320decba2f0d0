internal import Records

/// Folders that programs write as a whole, of which not every file is data to read.
enum DatasetFolders {
  /// Where the rows of a dataset of this program are; nil for other folders.
  ///
  /// It has a folder for each profile with the same pairs in another shape: they would count twice.
  static func rows(ofOwn folder: String, names: [String]) throws(IngestError) -> String? {
    let manifest = "\(folder)/manifest.json"
    let data = "\(folder)/data"
    guard names.contains("manifest.json"), names.contains("data"),
      try FileStatus(manifest)?.kind == .regular, try FileStatus(data)?.kind == .folder
    else { return nil }
    let file = try OpenFile(path: manifest, displayName: manifest)
    let head = try [UInt8](capacity: 4096) { (room) throws(IngestError) in
      try file.fill(&room, from: 0)
    }
    return String(decoding: head, as: UTF8.self).contains("\"tool\": \"dpo-prep\"")
      ? data : nil
  }

  /// What a path belongs to that a pattern matches.
  enum Place: Equatable {
    case elsewhere
    /// A folder that a run of this program writes in.
    case work
    /// The folder of a dataset of this program.
    case own(String)

    var dataset: String? {
      guard case .own(let folder) = self else { return nil }
      return folder
    }
  }

  /// Looks at the folders around a match, below those that the pattern names without wildcards.
  static func place(of match: String, matching pattern: String) throws(IngestError) -> Place {
    let names = match.split(separator: "/", omittingEmptySubsequences: false)
    let fixed = pattern.split(separator: "/", omittingEmptySubsequences: false)
      .prefix { !PathPattern.isPattern(String($0)) }.count
    guard fixed < names.count else { return .elsewhere }
    for end in (fixed + 1)...names.count {
      let folder = names[..<end].joined(separator: "/")
      guard try FileStatus(folder)?.kind == .folder else { break }
      if try FileStatus("\(folder)/\(Manifest.workMark)") != nil { return .work }
      if try FileStatus("\(folder)/\(Manifest.name)") != nil,
        try rows(ofOwn: folder, names: FileStatus.names(inFolder: folder)) != nil
      {
        return .own(folder)
      }
    }
    return .elsewhere
  }
}
