import Foundation
import Records

@testable import Settings

/// A folder with configuration files, gone when the test is over.
final class ConfigurationFolder {
  let path = NSTemporaryDirectory() + "/dpo-prep-settings-\(UUID().uuidString)"

  /// - Parameter files: texts by name.
  init(_ files: [String: String]) throws {
    for (name, text) in files {
      let url = URL(fileURLWithPath: "\(path)/\(name)")
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func load(
    _ name: String, _ overrides: [String] = [], environment: [String: String] = [:]
  ) throws -> ResolvedConfiguration {
    try Configuration.load(
      path: "\(path)/\(name)", overrides: overrides, environment: Environment(environment))
  }

  /// `place: message` of what is wrong, with files by their names in the folder.
  func reports(_ name: String, environment: [String: String] = [:]) -> [String] {
    do {
      _ = try load(name, environment: environment)
      return []
    } catch let error as ConfigurationError {
      return error.diagnostics.map { diagnostic in
        ((diagnostic.location.map { "\($0): " } ?? "") + diagnostic.message)
          .replacing(path + "/", with: "")
      }
    } catch {
      return ["\(error)"]
    }
  }

  /// Where a setting's value came from.
  func origins(_ configuration: ResolvedConfiguration, _ key: String) -> [String] {
    configuration.origins(of: key).map { $0.description.replacing(path + "/", with: "") }
  }
}
