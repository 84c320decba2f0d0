internal import Glibc
package import Records

/// A folder that the user named for several results, which may hold other files.
///
/// Where there is none it is made for the first result, below a folder that is there.
package struct OutputFolder: Sendable {
  private let name: String
  /// A file in the folder, or the folder itself where one is to be made.
  private let place: OutputPath

  /// Looks at what is there.
  ///
  /// - Throws: where nothing can be written.
  package init(_ name: String) throws(EmitError) {
    guard name != "-" else {
      throw EmitError(
        .cannotCreate, "standard output takes one result, not a folder of them", at: name,
        hint: "name a folder")
    }
    self.name = name
    switch FileSystem.kind(name) {
    case .folder: place = try OutputPath(name + "/file")
    // Where a file could be made a folder can.
    case .missing: place = try OutputPath(name)
    case .other:
      throw EmitError(
        .exists, "expected a folder, found something else", at: name, hint: "name another path")
    }
  }

  /// Whether a folder that will be made would be in the way: the same path, or one in the other.
  package func overlaps(folder: String) -> Bool { place.overlaps(folder: folder) }

  /// Writes a result, in place of one of the same name.
  ///
  /// - Returns: what the user should know of how it was written.
  package func write(_ bytes: [UInt8], to file: String) throws -> [Diagnostic] {
    if FileSystem.kind(name) == .missing, mkdir(name, 0o777) != 0, errno != EEXIST {
      throw EmitError.system(.cannotCreate, "create the folder", file: name, errno: errno)
    }
    return try OutputPath("\(name)/\(file)").write(bytes)
  }
}
