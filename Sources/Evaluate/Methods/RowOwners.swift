/// Whose the rows are that lack a field, so that a model of nothing but such rows does not go
/// missing.
struct RowOwners {
  private var names: [Int: Set<String>] = [:]
  private var faults: [Int: [String?: Int]] = [:]

  /// A row of a file is a model's.
  mutating func own(_ name: String, file: Int) { names[file, default: []].insert(name) }

  /// A row lacks a field.
  ///
  /// - Parameter name: The model that it names.
  mutating func addFault(of name: String?, file: Int) {
    faults[file, default: [:]][name, default: 0] += 1
  }

  /// The models with their numbers of such rows.
  ///
  /// Rows that name none are of the only model of their file; of a file without any model they are
  /// of the one that the file is called after, and of one with several they are of none.
  func faults(nameOfFile: (Int) -> String) -> [(name: String, count: Int)] {
    faults.sorted { $0.key < $1.key }.flatMap { file, counts in
      counts.sorted { ($0.key ?? "") < ($1.key ?? "") }.compactMap { name, count in
        if let name { return (name, count) }
        let owners = names[file] ?? []
        guard owners.count < 2 else { return nil }
        return (owners.first ?? nameOfFile(file), count)
      }
    }
  }
}
