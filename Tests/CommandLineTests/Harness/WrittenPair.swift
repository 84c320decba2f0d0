/// A pair of a dataset as a test sees it.
struct WrittenPair: Equatable, CustomStringConvertible {
  var prompt: String
  var id: String
  var chosen: String
  var rejected: String
  /// The scores of the better and the worse answer, and their lengths.
  var scores: [Double]
  var lengths: [Int]

  /// - Parameter row: a row of the profile `alignment-handbook`.
  init(_ row: String) throws {
    let object = try JSON.object(row)
    func answer(_ side: String) -> String {
      let turns = object[side] as? [[String: Any]]
      return turns?.last?["content"] as? String ?? ""
    }
    prompt = object["prompt_text"] as? String ?? ""
    id = object["prompt_id"] as? String ?? ""
    (chosen, rejected) = (answer("chosen"), answer("rejected"))
    let sides = ["chosen", "rejected"]
    scores = sides.compactMap { object["score_\($0)"] as? Double }
    lengths = sides.compactMap { object["length_\($0)"] as? Int }
  }

  /// `prompt: chosen > rejected`.
  var description: String { "\(prompt): \(chosen) > \(rejected)" }
}

extension Workspace {
  /// Runs with rewards left as they are.
  func run(_ paths: [String], _ settings: [String] = []) throws -> Outcome {
    try dpoPrep(
      [
        "run", "--quiet", "--json", "prep.yaml", "input.paths=[\(paths.joined(separator: ", "))]",
        "calibration.method=none", "output.dir=out", "output.overwrite=true",
      ] + settings)
  }

  /// The pairs of a run with rewards left as they are, both splits together.
  func pairs(of paths: [String], _ settings: [String] = []) throws -> [WrittenPair] {
    let outcome = try run(paths, settings)
    guard outcome.status == 0 else {
      throw Unexpected(text: "status \(outcome.status): \(outcome.errors)")
    }
    return try pairs(in: "train") + pairs(in: "test")
  }

  /// The pairs of one split of the last run.
  func pairs(in split: String) throws -> [WrittenPair] {
    try (rows(of: "out")[split] ?? []).map(WrittenPair.init)
  }
}
