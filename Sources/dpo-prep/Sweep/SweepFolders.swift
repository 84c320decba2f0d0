internal import Emit
internal import Records
internal import Settings

/// The folders of a sweep's datasets, which appear together when all is done.
final class SweepFolders {
  private let printer: any DiagnosticSink
  /// By variant; nil where nothing is written, and for variants that failed.
  private var folders: [DatasetFolder?] = []

  init(printer: any DiagnosticSink) { self.printer = printer }

  /// Makes a folder to write to for every variant.
  func make(_ configurations: [Configuration]) throws {
    var warnings: Set<Diagnostic> = []
    for configuration in configurations {
      let folder = try DatasetFolder(
        target: configuration.output.dir, overwrites: configuration.output.overwrite)
      folders.append(folder)
      if let warning = folder.warning, warnings.insert(warning).inserted {
        printer.report(warning)
      }
    }
  }

  /// The folder of a variant; nil where nothing is written.
  subscript(index: Int) -> DatasetFolder? { folders.isEmpty ? nil : folders[index] }

  /// Throws where something that is read would go with an old dataset.
  func refuseInside(_ paths: [String]) throws {
    for folder in folders { try folder?.refuseInside(paths) }
  }

  /// Removes what runs that died have left beside the folders of some variants.
  func removeLitter(of members: [Int]) {
    for index in members { self[index]?.removeLitter().forEach(printer.report) }
  }

  /// Removes what was written of a variant.
  func discard(_ index: Int) {
    guard !folders.isEmpty else { return }
    folders[index]?.discard()
    folders[index] = nil
  }

  /// Gives every folder its final name.
  func commit() throws {
    for index in folders.indices {
      try folders[index]?.commit()
      folders[index] = nil
    }
  }

  /// Removes everything that has not got its final name.
  func discard() {
    // The first may have made the folders that the others are in.
    for index in folders.indices.reversed() { discard(index) }
  }
}
