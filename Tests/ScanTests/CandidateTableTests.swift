import Columns
import Hashing
import Ingest
import Records
import Rows
import Testing

@testable import Scan

@Suite struct CandidateTableTests {
  /// A row of one prompt: candidates as (text, reward, reason to drop).
  private struct Input {
    var prompt: UInt64
    var text: UInt64 = 0
    var candidates: [(text: UInt64, reward: Double, drop: CandidateDrop?)]
  }

  private static func table(_ rows: [Input]) throws -> CandidateTable {
    var table = CandidateTable(characteristicCount: 1)
    for row in rows {
      var chunk = Measurements(characteristicCount: 1)
      chunk.rows.append(
        Measurements.RowEntry(
          place: 0, key: Fingerprint.Wide(high: 0, low: row.prompt), promptFingerprint: row.text,
          draws: PromptDraws(isTest: row.prompt % 2 == 1, random: row.prompt * 10),
          candidateCount: row.candidates.count, isEmpty: false))
      for candidate in row.candidates {
        chunk.candidates.append(
          Measurements.CandidateEntry(
            reward: candidate.reward, textFingerprint: candidate.text, drop: candidate.drop,
            hasLoneSurrogate: candidate.text == 99))
        chunk.measures[0].append(Double(candidate.text))
      }
      try table.append(chunk)
    }
    return table
  }

  private static func groups(_ groups: CandidateGroups) -> [[UInt32]] {
    (0..<groups.count).map { Array(groups[$0]) }
  }

  @Test func theFirstUsableOneOfEqualTextsStays() throws {
    var table = try Self.table([
      Input(
        prompt: 1,
        candidates: [
          (5, .nan, .nonFiniteReward), (5, 1, nil), (6, 2, nil), (5, 3, nil), (6, 4, nil),
        ]),
      Input(prompt: 2, candidates: [(5, 9, nil)]),
      Input(prompt: 1, candidates: [(6, 5, nil), (7, 6, nil)]),
    ])
    _ = table.finish(dropsDuplicates: true)
    #expect(table.rewards.map { $0.isNaN ? nil : $0 } == [nil, 1, 2, nil, nil, 9, nil, 6])
    #expect(table.ledger.candidatesDropped == [.nonFiniteReward: 1, .duplicateResponse: 3])
    #expect(table.ledger.candidatesRead == 8 && table.ledger.candidatesKept == 4)
    #expect(table.ledger.promptsRead == 2 && table.ledger.rowsRead == 3)
  }

  @Test func duplicatesStayOnDemand() throws {
    var table = try Self.table([Input(prompt: 1, candidates: [(5, 1, nil), (5, 2, nil)])])
    _ = table.finish(dropsDuplicates: false)
    #expect(Array(table.rewards) == [1, 2])
    #expect(table.ledger.candidatesKept == 2 && table.ledger.candidatesDropped.isEmpty)
  }

  @Test func anIDWithTwoPromptsIsAConflict() throws {
    var table = try Self.table([
      Input(prompt: 1, text: 7, candidates: [(1, 1, nil)]),
      Input(prompt: 2, text: 7, candidates: [(1, 1, nil)]),
      Input(prompt: 1, text: 8, candidates: [(2, 1, nil)]),
      Input(prompt: 2, text: 7, candidates: [(99, 1, nil)]),
      Input(prompt: 1, text: 8, candidates: [(3, 1, nil)]),
      Input(prompt: 1, text: 9, candidates: [(4, 1, nil)]),
    ])
    // Each of the three prompts under the id is one of its own, and none of them is used.
    #expect(table.promptCount == 4 && table.ledger.promptsRead == 4)
    #expect(
      (0..<4).map { table.drop(ofPrompt: $0) } == [.duplicateID, nil, .duplicateID, .duplicateID])
    #expect(Array(table.prompts) == [0, 1, 2, 1, 2, 3])
    #expect(table.conflictCount == 1)
    #expect(table.ledger.candidatesWithLoneSurrogate == 1)
    _ = table.finish(dropsDuplicates: true)
    #expect(table.ledger.candidatesDropped == [.conflictingID: 4])
    #expect(table.rewards.map(\.isNaN) == [true, false, true, false, true, true])
  }

  @Test func drawsAndSplitsBelongToPrompts() throws {
    let table = try Self.table([
      Input(prompt: 4, candidates: []), Input(prompt: 3, candidates: [(1, 1, nil)]),
      Input(prompt: 4, candidates: [(2, 1, nil)]),
    ])
    #expect(Array(table.draws) == [40, 30])
    #expect(!table.isTest(prompt: 0) && table.isTest(prompt: 1))
    #expect(Array(table.prompts) == [1, 0])
    #expect(table.promptCount == 2 && table.candidateCount == 2)
  }

  @Test func groupsKeepTheOrderOfTheInput() throws {
    func input(_ prompt: UInt64, _ count: Int) -> Input {
      Input(prompt: prompt, candidates: (0..<count).map { (UInt64($0), 1, nil) })
    }
    var grouped = try Self.table([input(7, 2), input(8, 0), input(9, 1), input(9, 2)])
    #expect(Self.groups(grouped.finish(dropsDuplicates: false)) == [[0, 1], [], [2, 3, 4]])
    var scattered = try Self.table([input(7, 2), input(9, 1), input(7, 1), input(9, 2)])
    #expect(Self.groups(scattered.finish(dropsDuplicates: false)) == [[0, 1, 3], [2, 4, 5]])
  }

  /// The same candidates by prompt or one round after the other: the same groups of texts.
  @Test func scatteredCandidatesGiveTheSameGroups() throws {
    let (prompts, each) = (50 as UInt64, 4 as UInt64)
    func input(_ prompt: UInt64, _ round: UInt64) -> Input {
      let text = prompt * 100 + round / 2
      return Input(prompt: prompt, candidates: [(text, Double(round), nil)])
    }
    let grouped = (0..<prompts).flatMap { prompt in (0..<each).map { input(prompt, $0) } }
    let scattered = (0..<each).flatMap { round in (0..<prompts).map { input($0, round) } }
    func texts(_ rows: [Input]) throws -> [[Double]] {
      var table = try Self.table(rows)
      let groups = table.finish(dropsDuplicates: true)
      #expect(table.ledger.candidatesKept == Int(prompts * each / 2))
      return (0..<groups.count).map { prompt in
        groups[prompt].map { Int($0) }.filter { !table.rewards[$0].isNaN }
          .map { table.primary[$0] * 10 + table.rewards[$0] }
      }
    }
    #expect(try texts(grouped) == texts(scattered))
  }
}
