import JSON
import Records
import TestSupport
import Testing

@testable import Emit

/// Pairs come out whole and in the planned order, however their texts came in and wherever they
/// waited.
@Suite struct PairAssemblerTests {
  /// Random plans, and the texts they need in random order.
  private struct Scene {
    var plans: [PairPlan] = []
    var pieces: [(prompt: UInt32, piece: TextPiece)] = []

    init(seed: UInt64, shuffles: Bool = true) {
      var random = SeededRandom(seed: seed)
      var candidate: UInt32 = 0
      for prompt in 0..<UInt32.random(in: 1...60, using: &random) {
        let answers = UInt32.random(in: 2...5, using: &random)
        let range = candidate..<candidate + answers
        candidate += answers
        // Some prompts have no pair, some several that share an answer.
        var used: Set<UInt32> = []
        for _ in 0..<Int.random(in: 0...3, using: &random) {
          let chosen = UInt32.random(in: range, using: &random)
          let rejected = UInt32.random(in: range, using: &random)
          guard chosen != rejected else { continue }
          plans.append(PairPlan(prompt: prompt, chosen: chosen, rejected: rejected))
          used.formUnion([chosen, rejected])
        }
        guard !used.isEmpty else { continue }
        pieces.append((prompt, .prompt(Self.prompt(prompt, using: &random))))
        for number in used.sorted() {
          let size = Int.random(in: 0...400, using: &random)
          let text = Array("\(number):".utf8) + random.bytes(count: size)
          let answer: Answer =
            number.isMultiple(of: 3) ? .messages(Self.steps(of: number)) : .text(text)
          pieces.append((prompt, .answer(candidate: number, answer)))
        }
      }
      if shuffles { pieces.shuffle(using: &random) }
    }

    private static func prompt(_ number: UInt32, using random: inout SeededRandom) -> Prompt {
      let turns = (0..<Int.random(in: 1...4, using: &random)).map { index in
        Message(
          Message.Role.allCases[index % Message.Role.allCases.count],
          text: random.bytes(count: Int.random(in: 0...50, using: &random)))
      }
      let tools: [JSONValue.Member] =
        number.isMultiple(of: 2) ? [.init(name: "tools", value: ["n": .integer(Int(number))])] : []
      return Prompt(
        id: Array("id \(number)".utf8), messages: turns + steps(of: number), context: tools)
    }

    /// Messages with more than a text.
    private static func steps(of number: UInt32) -> [Message] {
      [
        Message(
          .assistant, .none,
          extras: [.init(name: "tool_calls", value: .list([["n": .integer(Int(number))]]))]),
        Message(.tool, .parts([["type": "text", "text": .string("\(number) é")]])),
      ]
    }

    /// What must come out: looked up plan by plan.
    var expected: [String] {
      plans.map { plan in
        var prompt: Prompt?
        var answers: [UInt32: Answer] = [:]
        for (_, piece) in pieces.filter({ $0.prompt == plan.prompt }) {
          switch piece {
          case .prompt(let value): prompt = value
          case .answer(let candidate, let answer): answers[candidate] = answer
          }
        }
        return Self.line(
          plan, prompt, answers[plan.chosen], answers[plan.rejected])
      }
    }

    static func line(
      _ plan: PairPlan, _ prompt: Prompt?, _ chosen: Answer?, _ rejected: Answer?
    ) -> String {
      "\(plan) \(prompt?.id ?? []) \(prompt?.messages ?? []) \(prompt?.context ?? []) "
        + "\(chosen.map { "\($0)" } ?? "") \(rejected.map { "\($0)" } ?? "")"
    }
  }

  /// The pairs that come out, and how many are missing.
  private func assemble(
    _ scene: Scene, budget: Int, in folder: TemporaryFolder
  ) throws -> (lines: [String], missing: Int) {
    // A box, as the assembler keeps the closure.
    final class Lines { var all: [String] = [] }
    let lines = Lines()
    var assembler = PairAssembler(plans: scene.plans, budget: budget, folder: folder.path) {
      lines.all.append(Scene.line($0.plan, $0.prompt, $0.chosen, $0.rejected))
    }
    for (prompt, piece) in scene.pieces { try assembler.add(piece, prompt: prompt) }
    let missing = try assembler.finish()
    return (lines.all, missing)
  }

  @Test(arguments: [0, 1, 500, 3_000, 20_000, .max])
  func anyOrderAndAnyBudgetGiveThePlannedPairs(budget: Int) throws {
    let folder = try TemporaryFolder()
    var seeds = SystemRandomNumberGenerator()
    for _ in 0..<25 {
      let seed = seeds.next()
      let scene = Scene(seed: seed)
      let (lines, missing) = try assemble(scene, budget: budget, in: folder)
      #expect(missing == 0, "seed \(seed)")
      #expect(lines == scene.expected, "seed \(seed)")
    }
    // Temporary files have no name, so nothing can be left.
    #expect(try folder.names().isEmpty)
  }

  @Test func groupedInputPassesStraightThrough() throws {
    let scene = Scene(seed: 7, shuffles: false)
    // A folder that is not there: nothing may be put aside.
    var count = 0
    var added: Set<UInt32> = []
    let largest = scene.pieces.map { $0.piece.cost }.reduce(0, +)
    #expect(largest > 10_000)
    var assembler = PairAssembler(
      plans: scene.plans, budget: 5_000, folder: "/nonexistent/folder"
    ) { pair in
      added.insert(pair.plan.prompt)
      count += 1
    }
    for (prompt, piece) in scene.pieces { try assembler.add(piece, prompt: prompt) }
    #expect(try assembler.finish() == 0)
    #expect(count == scene.plans.count)
  }

  @Test func aFolderThatTakesNoFilesIsAnError() throws {
    let scene = Scene(seed: 8)
    var assembler = PairAssembler(plans: scene.plans, budget: 10, folder: "/nonexistent/folder") {
      _ in
    }
    let failure = #expect(throws: EmitError.self) {
      for (prompt, piece) in scene.pieces { try assembler.add(piece, prompt: prompt) }
    }
    #expect(failure?.code == .cannotCreate)
  }

  @Test(arguments: [0, 2_000, .max])
  func aTextThatNeverComesIsCounted(budget: Int) throws {
    let folder = try TemporaryFolder()
    var scene = Scene(seed: 3)
    let expected = scene.expected
    // The last pair's chosen answer goes missing, and with it every pair that needs it.
    let lost = try #require(scene.plans.last)
    scene.pieces.removeAll { piece in
      if case .answer(lost.chosen, _) = piece.piece { return true }
      return false
    }
    let (lines, missing) = try assemble(scene, budget: budget, in: folder)
    #expect(missing > 0)
    #expect(lines.count + missing == expected.count || budget != .max)
    #expect(lines.allSatisfy { expected.contains($0) })
  }
}
