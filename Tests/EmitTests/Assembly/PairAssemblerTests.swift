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

    /// The same with its prompts in another order.
    func reordered(seed: UInt64) -> Scene {
      var scene = self
      scene.plans = plans.shuffledByPrompt(seed: seed)
      return scene
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
    let places = scene.plans.places
    var assembler = PairAssembler(
      plans: scene.plans, placeOfPrompt: { places[$0] ?? .max }, budget: budget,
      folder: folder.path
    ) {
      #expect($0 == lines.all.count)
      lines.all.append(Scene.line($1.plan, $1.prompt, $1.chosen, $1.rejected))
    }
    for (prompt, piece) in scene.pieces { try assembler.add(piece, prompt: prompt) }
    let missing = try assembler.finish()
    return (lines.all, missing)
  }

  /// Prompts in runs, some of which come whole in one piece of the input; the candidates of the
  /// others are anywhere in their run.
  private struct MixedInput {
    /// For each candidate its prompt, in the order of the input.
    var prompts: [UInt32] = []
    var plans: [PairPlan] = []
    /// For each piece of the input the number behind its last candidate.
    var pieces: [Int] = []

    /// - Parameter isReordered: Whether the pairs are in another order than their prompts.
    init(seed: UInt64, isReordered: Bool) {
      var random = SeededRandom(seed: seed)
      var prompt: UInt32 = 0
      for _ in 0..<Int.random(in: 1...12, using: &random) {
        let isScattered = Bool.random(using: &random)
        var run: [UInt32] = []
        for _ in 0..<Int.random(in: 1...8, using: &random) {
          run += Array(repeating: prompt, count: Int.random(in: 2...4, using: &random))
          prompt += 1
        }
        if isScattered {
          // The first candidates stay in order, as prompts are numbered by them.
          let firsts = run.indices.filter { $0 == 0 || run[$0] != run[$0 - 1] }.map { run[$0] }
          run = firsts + firsts.flatMap { [$0, $0] }.shuffled(using: &random)
        }
        prompts += run
      }
      var end = 0
      while end < prompts.count {
        end = min(end + Int.random(in: 1...9, using: &random), prompts.count)
        pieces.append(end)
      }
      for prompt in 0..<prompt {
        let own = candidates(of: prompt)
        for _ in 0..<Int.random(in: 0...3, using: &random) {
          let pair = own.shuffled(using: &random).prefix(2)
          plans.append(
            PairPlan(prompt: prompt, chosen: UInt32(pair[0]), rejected: UInt32(pair[1])))
        }
      }
      if isReordered { plans = plans.shuffledByPrompt(seed: seed) }
    }

    func candidates(of prompt: UInt32) -> [Int] {
      prompts.indices.filter { prompts[$0] == prompt }
    }

    var direct: DirectPairs {
      DirectPairs(
        plans: plans, pieces: pieces,
        group: { prompt in
          let own = candidates(of: prompt)
          return (own[0], own[own.count - 1], own.count)
        }, last: { max(Int($0.chosen), Int($0.rejected)) })
    }

    func isWanted(_ candidate: Int) -> Bool {
      plans.contains { Int($0.chosen) == candidate || Int($0.rejected) == candidate }
    }
  }

  /// Pairs that come by themselves take their turn among those that wait, in memory or on disk.
  @Test(arguments: [0, 700, 3_000, .max], [false, true])
  func pairsThatComeWholeTakeTheirTurn(budget: Int, isReordered: Bool) throws {
    final class Plans { var all: [Int] = [] }
    let folder = try TemporaryFolder()
    var directCount = 0
    for seed in 0..<150 as Range<UInt64> {
      let input = MixedInput(seed: seed, isReordered: isReordered)
      let (direct, out) = (input.direct, Plans())
      let places = input.plans.places
      var assembler = PairAssembler(
        plans: input.plans, placeOfPrompt: { places[$0] ?? .max }, direct: direct, budget: budget,
        folder: folder.path
      ) {
        #expect($1.plan == input.plans[$0])
        #expect($1.chosen == .text(Array("\($1.plan.chosen)".utf8)))
        #expect(!direct.contains($0))
        out.all.append($0)
      }
      var missing = 0
      for (start, end) in zip([0] + input.pieces, input.pieces) {
        var whole: [Range<Int>] = []
        for candidate in start..<end {
          let prompt = input.prompts[candidate]
          let plans = input.plans.indices.filter { input.plans[$0].prompt == prompt }
          guard let first = plans.first else { continue }
          let isFirst = input.candidates(of: prompt).first == candidate
          if direct.contains(first) {
            if isFirst { whole.append(first..<first + plans.count) }
            continue
          }
          if isFirst {
            try assembler.add(.prompt(Prompt(id: [1], messages: [])), prompt: prompt)
          }
          if input.isWanted(candidate) {
            let text = Answer.text(Array("\(candidate)".utf8))
            try assembler.add(.answer(candidate: UInt32(candidate), text), prompt: prompt)
          }
        }
        for plans in whole.sorted(by: { $0.lowerBound < $1.lowerBound }) {
          missing += try assembler.pass(plans) { out.all += plans }
          directCount += plans.count
        }
      }
      missing += try assembler.finish()
      #expect(missing == 0, "seed \(seed)")
      try #require(out.all == Array(input.plans.indices), "seed \(seed)")
    }
    #expect(directCount > (isReordered ? 100 : 1000))
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
      let other = scene.reordered(seed: seed)
      let reordered = try assemble(other, budget: budget, in: folder)
      #expect(reordered.lines == other.expected && reordered.missing == 0, "seed \(seed)")
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
    ) { _, pair in
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
      _, _ in
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

extension [PairPlan] {
  /// Other prompts first; the pairs of a prompt stay together, as they are.
  fileprivate func shuffledByPrompt(seed: UInt64) -> [PairPlan] {
    var random = SeededRandom(seed: seed)
    let pairs = Dictionary(grouping: self, by: \.prompt)
    return pairs.keys.sorted().shuffled(using: &random).flatMap { pairs[$0] ?? [] }
  }

  /// For each prompt the place of its first pair.
  fileprivate var places: [UInt32: UInt32] {
    Dictionary(enumerated().map { ($1.prompt, UInt32($0)) }) { first, _ in first }
  }
}
