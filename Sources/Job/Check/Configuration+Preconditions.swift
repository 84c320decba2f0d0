internal import Emit
package import Settings

extension Configuration {
  /// What a run needs late and can know at once, each thing by what throws where it is missing: a run
  /// asks for one after the other before it reads anything, `config check` for all of them.
  var preconditions: [() throws -> Void] {
    [
      checkTemporaryFolder, { _ = try SavedCurves(calibration, tokenizer: tokenizerInUse) },
      { try PreviousCurves.check(self) },
    ]
  }

  /// Throws where a saved curve cannot be used, or nothing can be written where texts would wait.
  package func checkPreconditions() throws {
    for check in preconditions { try check() }
  }

  /// Throws where nothing can be written to the folder for temporary files.
  func checkTemporaryFolder() throws {
    if let folder = run.temporaryFolder, let obstacle = DatasetFolder.obstacle(toFilesIn: folder) {
      throw obstacle
    }
  }
}
