import Records
import Testing

@testable import PairBuilder

@Suite struct CalibrationEffectTests {
  typealias Choice = PairSelector.Choice

  private static let first = PairSelector.Outcome.pairs([Choice(chosen: 1, rejected: 2)])
  private static let turned = PairSelector.Outcome.pairs([Choice(chosen: 2, rejected: 1)])
  private static let other = PairSelector.Outcome.pairs([Choice(chosen: 1, rejected: 3)])
  private static let several = PairSelector.Outcome.pairs([
    Choice(chosen: 1, rejected: 2), Choice(chosen: 1, rejected: 3),
  ])
  private static let none = PairSelector.Outcome.dropped(.noMargin)

  private static func effect(
    _ before: PairSelector.Outcome, _ after: PairSelector.Outcome
  ) -> CalibrationEffect {
    var effect = CalibrationEffect()
    effect.count(before: before, after: after)
    return effect
  }

  @Test func everyPromptCountsOnceOrNotAtAll() {
    var expected = CalibrationEffect()
    #expect(Self.effect(Self.none, .dropped(.tooFewCandidates)) == expected)
    expected.unchanged = 1
    #expect(Self.effect(Self.first, Self.first) == expected)
    #expect(Self.effect(Self.several, Self.several) == expected)
    (expected.unchanged, expected.swapped) = (0, 1)
    #expect(Self.effect(Self.first, Self.turned) == expected)
    (expected.swapped, expected.changed) = (0, 1)
    #expect(Self.effect(Self.first, Self.other) == expected)
    #expect(Self.effect(Self.first, Self.several) == expected)
    (expected.changed, expected.gained) = (0, 1)
    #expect(Self.effect(Self.none, Self.several) == expected)
    (expected.gained, expected.lost) = (0, 1)
    #expect(Self.effect(Self.first, Self.none) == expected)
  }

  @Test func countsAddUp() {
    var effect = CalibrationEffect()
    for _ in 0..<3 { effect.count(before: Self.first, after: Self.turned) }
    for _ in 0..<2 { effect.count(before: Self.first, after: Self.none) }
    #expect(effect.swapped == 3 && effect.lost == 2)
    #expect(effect.unchanged == 0 && effect.changed == 0 && effect.gained == 0)
    for after in [Self.first, Self.other, Self.none] {
      effect.merge(Self.effect(Self.first, after))
      effect.merge(Self.effect(Self.none, after))
    }
    #expect(effect.swapped == 3 && effect.lost == 3 && effect.gained == 2)
    #expect(effect.unchanged == 1 && effect.changed == 1)
  }
}
