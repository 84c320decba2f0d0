import Calibrate
import Columns
import Records
import TestSupport
import Testing

@testable import Evaluate

@Suite struct MethodTests {
  private static func settings(isCompatible: Bool = false) -> MethodSettings {
    MethodSettings(
      characteristics: [(.chars, 1)], lowess: Lowess.Parameters(frac: 0.5), choosesFrac: false,
      mean: .init(ratio: 4, minimumCount: 5), penalty: 0.001, ties: .half,
      isReferenceCompatible: isCompatible)
  }

  private static func side(_ count: Int, using random: inout SeededRandom) -> ComparedRewards.Side {
    let lengths = (0..<count).map { _ in Double(random.below(300)) }
    return ComparedRewards.Side(
      rewards: lengths.map { $0 / 100 + random.normal() }, characteristics: [lengths],
      characters: lengths, prompts: (0..<count).map { UInt32($0) })
  }

  @Test(arguments: UInt64(1)...30)
  func windowsHoldWhatIsWithinTheRadius(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let answers = (0..<random.below(60)).map { _ in
      (length: Double(random.below(20)), reward: random.normal())
    }
    let radius = Double(random.below(8)) / 2
    let sorted = answers.enumerated().sorted {
      ($0.element.length, $0.offset) < ($1.element.length, $1.offset)
    }.map(\.element)
    for leavesOutLast in [false, true] {
      let lengths = LevelColumn(answers.map(\.length))
      let windows = MeanWindows(
        Sample(levels: lengths.levels, codes: lengths.codes, values: answers.map(\.reward)),
        radius: radius)
      let published = PublishedWindows(answers, radius: radius)
      for length in stride(from: -1.0, through: 21, by: 0.5) {
        var inside = sorted.filter { abs($0.length - length) <= radius }.map(\.reward)
        if leavesOutLast { _ = inside.popLast() }
        let places = windows.places(around: length)
        let mean =
          leavesOutLast
          ? published.mean(around: length)?.value ?? .nan
          : windows.mean(of: places, minimumCount: 1)
        let count =
          leavesOutLast
          ? published.mean(around: length)?.count ?? 0
          : windows.count(of: places)
        #expect(count == inside.count && mean.isNaN == inside.isEmpty)
        if !inside.isEmpty {
          #expect(abs(mean - inside.reduce(0, +) / Double(inside.count)) < 1e-12)
        }
      }
    }
  }

  /// With the baseline's length its own, a penalty on both sides moves a margin by the difference;
  /// the published code's slip moves it by nothing before the regression.
  @Test func onlyTheCompatiblePenaltyTakesTheModelsLengthOffTheBaseline() {
    var random = SeededRandom(seed: 2)
    let (first, second) = (Self.side(50, using: &random), Self.side(50, using: &random))
    let board = ComparedRewards(first: first, second: second, fitsSecond: false)
    for isCompatible in [false, true] {
      let settings = Self.settings(isCompatible: isCompatible)
      let scores = board.scores(.penalty, settings)
      for index in first.rewards.indices {
        #expect(
          abs(scores.second[index] - second.rewards[index] + 0.001 * second.characters[index])
            < 1e-12)
      }
    }
    let plain = board.scores(.lwrPenalty, Self.settings())
    let mistaken = board.scores(.lwrPenalty, Self.settings(isCompatible: true))
    let differences = zip(plain.second, mistaken.second).map { $0 - $1 }
    #expect(differences.contains { abs($0) > 0.01 })
    #expect(zip(plain.first, mistaken.first).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test func comparisonsWithoutNeighboursAreLeftAsTheyAre() {
    var random = SeededRandom(seed: 3)
    var (first, second) = (Self.side(80, using: &random), Self.side(80, using: &random))
    first.characteristics[0][7] = 1e6
    second.characteristics[0][9] = -1e6
    let compared = ComparedRewards(first: first, second: second, fitsSecond: true)
    for isCompatible in [false, true] {
      var settings = Self.settings(isCompatible: isCompatible)
      settings.mean.ratio = 1e4
      settings.mean.minimumCount = 2
      let scores = compared.scores(.mean, settings)
      #expect(scores.uncalibrated >= 2)
      for index in [7, 9] {
        #expect(scores.first[index] == first.rewards[index])
        #expect(scores.second[index] == second.rewards[index])
      }
    }
  }

  @Test func knownSectionsWeighAndOthersStandAlone() {
    let subsets: [(String, String?, Double, Int)] = [
      ("own", nil, 0.25, 4), ("math-prm", nil, 1, 20), ("hep-go", nil, 0, 10),
      ("mt-bench-hard", nil, 0.5, 2), ("other", nil, 1, 3), ("safety-refuse", "Safety", 0, 3),
      ("safety-response", "Safety", 1, 1),
    ]
    let sections = BenchmarkSections.scores(
      of: subsets.map {
        BenchmarkSections.Subset(name: $0.0, section: $0.1, accuracy: $0.2, count: $0.3)
      })
    #expect(sections.map(\.name) == ["Chat Hard", "Reasoning", "own", "other", "Safety"])
    #expect(sections.map(\.count) == [2, 30, 4, 3, 4])
    #expect(sections.map(\.score) == [0.5, 984.0 / (984 + 164), 0.25, 1, 0.25])
  }

  /// The numbers of scipy.stats.kendalltau.
  @Test func kendallIsThatOfScipy() {
    #expect(abs((Kendall.correlation([1, 2, 3, 4], [1, 2, 3, 4]) ?? 0) - 1) < 1e-15)
    let tied = Kendall.correlation([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])
    #expect(abs((tied ?? 0) + 0.4714045207910316) < 1e-15)
    #expect(Kendall.correlation([1, 1], [1, 2]) == nil)
  }

  @Test func preferencesBecomeLogitsWithinTheClip() {
    let scoring = LeaderboardRows.Scoring(
      field: nil, takesPreferences: true, scale: nil, clip: 1e-4)
    for (scale, lowest, tie) in [(PreferenceScale.zeroToOne, 0.0, 0.5), (.oneToTwo, 1, 1.5)] {
      #expect(scoring.logit(tie, scale) == 0)
      #expect(abs(scoring.logit(lowest + 0.0, scale) + 9.210240366975849) < 1e-12)
      #expect(abs(scoring.logit(lowest + 1, scale) - 9.210240366975849) < 1e-12)
      for score in [lowest - 0.1, lowest + 1.1, -1, .nan, .infinity] {
        #expect(scoring.logit(score, scale).isNaN, "\(score)")
      }
    }
    #expect(scoring.logit(0, .oneToTwo) == 0)
  }

  /// - Parameter scale: nil for an error.
  @Test(arguments: [
    ([0.2, 0, 1], false, PreferenceScale.zeroToOne), ([0, 1], false, .zeroToOne),
    ([1, 1.5, 0, 2], false, .oneToTwo), ([1.1], false, .oneToTwo), ([], false, .zeroToOne),
    ([.nan, 1.9], false, .oneToTwo), ([0, 1], true, .oneToTwo), ([0.5, 1.5], false, nil),
    ([0.5], true, nil), ([1.5, 2.1], false, nil), ([-0.1, 0.3], false, nil),
    ([1.5, .infinity], false, nil),
  ])
  func scalesAreToldFromEveryPreference(
    scores: [Double], isAnnotation: Bool, scale: PreferenceScale?
  ) {
    var survey = PreferenceSurvey()
    for (row, score) in scores.enumerated() {
      survey.add(
        .init(score: score, row: row, location: SourceLocation(file: "a")),
        isAnnotation: isAnnotation)
    }
    #expect((try? survey.scale()) == scale)
  }

  @Test(arguments: [
    ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]), ("a,b\r\n1,2", [["a", "b"], ["1", "2"]]),
    ("\"a,\"\"b\"\"\",\"c\nd\"\n", [["a,\"b\"", "c\nd"]]), ("", []), ("x", [["x"]]),
    ("a,,\n,b\n", [["a", "", ""], ["", "b"]]),
  ])
  func commaSeparatedValuesAreRead(text: String, rows: [[String]]) {
    #expect(CommaSeparated.rows(of: text) == rows)
    let written = rows.map { $0.map(CommaSeparated.cell).joined(separator: ",") + "\n" }.joined()
    #expect(CommaSeparated.rows(of: written) == rows)
  }
}
