internal import JSON
internal import Records

/// The counts that a dataset tells in several places, which have to agree.
struct DatasetCounts {
  private let manifest: Manifest
  private let ledger: JSONValue

  init(_ manifest: Manifest) {
    self.manifest = manifest
    ledger = manifest.document["ledger"] ?? .null
  }

  /// Where they do not.
  ///
  /// - Parameter folder: where the card is.
  func problems(cardIn folder: String) -> [Verification.Problem] {
    sums + pairs + card(in: folder)
  }

  private typealias Problem = Verification.Problem

  private func count(_ path: String...) -> Int? {
    guard case .integer(let count)? = path.reduce(ledger as JSONValue?, { $0?[$1] }) else {
      return nil
    }
    return count
  }

  private func dropped(_ kind: String) -> Int {
    (ledger[kind]?["dropped"]?.members ?? []).reduce(0) { sum, member in
      guard case .integer(let count) = member.value else { return sum }
      return sum &+ count
    }
  }

  /// Everything read was kept or dropped.
  private var sums: [Problem] {
    func problem(_ message: String) -> Problem {
      Problem(file: Manifest.name, code: .ledger, message: message)
    }
    var problems: [Problem] = []
    for (kind, kept) in [("candidates", "kept"), ("prompts", "paired")] {
      guard let read = count(kind, "read"), let keptCount = count(kind, kept) else {
        problems.append(problem("the ledger does not count \(kind)"))
        continue
      }
      let drops = dropped(kind)
      if read != keptCount &+ drops {
        problems.append(
          problem("\(read) \(kind) were read, but \(keptCount) \(kept) and \(drops) dropped"))
      }
    }
    if ledger["balanced"] != .bool(true) {
      problems.append(problem("the ledger was not balanced when it was written"))
    }
    let inputs = (manifest.document["inputs"]?.elements ?? []).reduce(0) { sum, input in
      guard case .integer(let rows)? = input["rows"] else { return sum }
      return sum &+ rows
    }
    if let read = count("rows", "read"), read != inputs {
      problems.append(
        problem(
          "the inputs have \(Quantity.count(inputs, "row")), but \(Quantity.count(read)) were read")
      )
    }
    let rejects = manifest.files.first { $0.path.hasPrefix("rejects.") }?.rows ?? 0
    if let rejected = count("rows", "rejected"), rejected != rejects {
      problems.append(
        problem(
          "the rejects are \(Quantity.count(rejects, "row")), but \(Quantity.count(rejected)) were rejected"
        ))
    }
    return problems
  }

  /// Each profile has every pair.
  private var pairs: [Problem] {
    guard let pairs = count("pairs") else {
      return [
        Problem(file: Manifest.name, code: .ledger, message: "the ledger does not count pairs")
      ]
    }
    return profiles.compactMap { profile, folder in
      let rows = rows(in: folder) { _ in true }
      let expected = profile == Profile.kto.rawValue ? 2 * pairs : pairs
      return rows == expected
        ? nil
        : Problem(
          file: folder, code: .rows,
          message:
            "the files of \(profile) have \(Quantity.count(rows, "row")), of \(Quantity.count(expected)) that the pairs make"
        )
    }
  }

  /// The card tells the files' rows.
  private func card(in folder: String) -> [Problem] {
    DatasetCard.rowCounts(in: folder).compactMap { config, split, rows in
      let place = profiles.first { $0.profile == config }?.folder ?? "data"
      let found = self.rows(in: place) { $0.prefix { $0 != "-" } == split }
      return found == rows
        ? nil
        : Problem(
          file: "README.md", code: .rows,
          message:
            "the card says \(Quantity.count(rows, "row")) of \(config), \(split), the files have \(found)"
        )
    }
  }

  /// The profiles and the folders of their files.
  private var profiles: [(profile: String, folder: String)] {
    (manifest.document["config"]?["output"]?["profiles"]?.elements ?? []).enumerated().compactMap {
      number, profile in
      profile.text.map { text in
        let name = String(decoding: text, as: UTF8.self)
        return (name, number == 0 ? "data" : name)
      }
    }
  }

  /// The rows of a folder's files whose names are asked for.
  private func rows(in folder: String, _ isAsked: (Substring) -> Bool) -> Int {
    manifest.files.reduce(0) { sum, file in
      guard file.path.hasPrefix(folder + "/"), let rows = file.rows,
        let name = file.path.split(separator: "/").last, isAsked(name)
      else { return sum }
      return sum &+ rows
    }
  }
}
