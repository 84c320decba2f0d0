/// A reward and where rows keep it; of several, each is what one reward model gave.
package struct RewardField: Hashable, Sendable {
  /// What the reward is called; nil where its path tells.
  package var name: String?
  /// One path, or where each response has a field of its own, as many.
  package var paths: [String]
  /// How much it counts among others; above 0.
  package var weight = 1.0

  package init(_ path: String) { paths = [path] }

  package init(name: String? = nil, paths: [String], weight: Double = 1) {
    self.name = name
    self.paths = paths
    self.weight = weight
  }

  /// Whether it is a path and nothing else.
  package var isPlain: Bool { name == nil && paths.count == 1 && weight == 1 }
}

extension [RewardField] {
  /// What each reward is called, no two the same: its name, or the last part of its path, or the
  /// whole path where that is needed to tell it from others.
  package var names: [String] {
    let short = map { field in
      field.name ?? field.paths[0].split(separator: ".").last.map(String.init) ?? field.paths[0]
    }
    return indices.map { index in
      short.count { $0 == short[index] } == 1 ? short[index] : self[index].paths[0]
    }
  }
}
