import Records
import Testing

@testable import Settings

@Suite struct SweepTests {
  private static let inputs = ["input.paths=[a.jsonl]", "output.dir=out-{n}"]

  private func sweep(_ arguments: [String], writesData: Bool = true) throws -> Sweep {
    try Sweep(path: nil, arguments: Self.inputs + arguments, writesData: writesData)
  }

  private func message(_ arguments: [String]) throws -> String {
    let error = try #require(throws: ConfigurationError.self) { try sweep(arguments) }
    return error.diagnostics.map(\.message).joined(separator: "\n")
  }

  @Test func everyCombinationInOrder() throws {
    let sweep = try sweep([
      "calibration.scope=[global, within_prompt]", "pairs.ties=drop",
      "calibration.frac=[0.1, auto, 0.5]",
    ])
    #expect(sweep.axes.map(\.key) == ["calibration.scope", "calibration.frac"])
    #expect(sweep.variants.map(\.number) == Array(1...6))
    #expect(sweep.variants.map(\.configuration.calibration.frac) == [0.1, nil, 0.5, 0.1, nil, 0.5])
    #expect(
      sweep.variants.map(\.configuration.calibration.scope)
        == [.global, .global, .global, .withinPrompt, .withinPrompt, .withinPrompt])
    #expect(sweep.variants.allSatisfy { $0.configuration.pairs.ties == .drop })
    #expect(sweep.variants[1].values == ["global", "auto"])
  }

  /// A variant is what its values would give as arguments of `run`.
  @Test func aVariantIsAConfiguration() throws {
    let sweep = try sweep([
      "calibration.characteristics=[chars, markdown]",
      "calibration.characteristics.1.alpha=[0.5, auto]",
      "pairs=[{strategy: all, per_prompt: 3}, {strategy: max_second}]",
    ])
    let values = [
      ("0.5", "{strategy: all, per_prompt: 3}"), ("0.5", "{strategy: max_second}"),
      ("auto", "{strategy: all, per_prompt: 3}"), ("auto", "{strategy: max_second}"),
    ]
    for (index, (alpha, pairs)) in values.enumerated() {
      let expected = try Configuration.parse(
        "{}", named: "f",
        overrides: [
          "input.paths=[a.jsonl]", "output.dir=out-\(index + 1)",
          "calibration.characteristics=[chars, markdown]",
          "calibration.characteristics.1.alpha=\(alpha)", "pairs=\(pairs)",
        ])
      #expect(sweep.variants[index].configuration == expected.configuration)
    }
  }

  /// Where a list belongs, a list of lists is an axis; in the section `sweep` every list is.
  @Test func listsThatAreValues() throws {
    let one = try sweep(["output.profiles=[trl, kto]", "pairs.seed=[1, 2]"])
    #expect(one.axes.map(\.key) == ["pairs.seed"])
    #expect(one.variants.allSatisfy { $0.configuration.output.profiles == [.trl, .kto] })
    for axis in ["output.profiles=[[trl], [trl, kto]]", "sweep.output.profiles=[trl, [trl, kto]]"] {
      let two = try sweep([axis])
      #expect(two.variants.map(\.configuration.output.profiles) == [[.trl], [.trl, .kto]])
    }
    #expect(try sweep(["output.profiles.0=[trl, kto]"]).variants.count == 2)
  }

  @Test func whatComesLaterWins() throws {
    let fixed = try sweep(["pairs.seed=[1, 2]", "pairs.ties=[drop, shorter]", "pairs.seed=7"])
    #expect(fixed.axes.map(\.key) == ["pairs.ties"])
    #expect(fixed.variants.allSatisfy { $0.configuration.pairs.seed == 7 })
    let other = try sweep(["pairs.seed=[1, 2]", "pairs.seed=[3, 4, 5]"])
    #expect(other.variants.map(\.configuration.pairs.seed) == [3, 4, 5])
  }

  @Test func foldersAreNamedByNumberOrValue() throws {
    let seeds = (1...12).map(String.init).joined(separator: ", ")
    let numbered = try sweep(["pairs.seed=[\(seeds)]"])
    #expect(numbered.variants.first?.configuration.output.dir == "out-01")
    #expect(numbered.variants.last?.configuration.output.dir == "out-12")
    let valued = try sweep([
      "output.dir=x/{calibration.frac}/{output.profiles}", "calibration.frac=[0.1, auto]",
      "output.profiles=[[trl, kto], [h4]]",
    ])
    #expect(
      valued.variants.map(\.configuration.output.dir)
        == ["x/0.1/trl-kto", "x/0.1/h4", "x/auto/trl-kto", "x/auto/h4"])
  }

  @Test func foldersThatAreTheSame() throws {
    let seeds = "pairs.seed=[1, 2]"
    #expect(
      try message(["output.dir=out", seeds])
        == "variants 1 and 2 would both be written to \"out\"")
    #expect(
      try message(["output.dir=[out/a, ./out]"])
        == "variant 1 would be written to \"out/a\", inside that of variant 2, \"./out\"")
    #expect(
      try message(["output.dir=[out, out/a]"])
        == "variant 2 would be written to \"out/a\", inside that of variant 1, \"out\"")
    #expect(
      try message(["output.dir=out-{frac}", seeds])
        == "nothing goes in place of \"{frac}\"")
    #expect(try sweep(["output.dir=out", seeds], writesData: false).variants.count == 2)
    // Without data there need not be a folder at all.
    let free = try Sweep(path: nil, arguments: ["input.paths=[a]", seeds], writesData: false)
    #expect(free.variants.count == 2)
  }

  @Test func whatIsWrongIsToldOnce() throws {
    #expect(try message(["pairs.ties=drop"]) == "no setting has several values")
    #expect(
      try message(["pairs.seed=[]"])
        == "expected at least one value for \"pairs.seed\", found an empty list")
    #expect(
      try message(["calibration.frac=[0.1, 0.10]"]) == "variants 1 and 2 have the same settings")
    #expect(
      try message(["pairs.sede=[1, 2]", "pairs.ties=[drop, shorter]"])
        == "unknown key \"pairs.sede\"")
    #expect(
      try message(["calibration.frac=[0.1, 3]", "pairs.seed=[1, 2]"])
        == "variant 3 (calibration.frac=3, pairs.seed=1): expected auto or a number above 0 and "
        + "at most 1 for \"calibration.frac\", found \"3\"")
    #expect(
      try message(["pairs.strategy=[max_min, all]", "pairs.per_prompt=[1, 2]"]).hasPrefix(
        "variant 2 (pairs.strategy=max_min, pairs.per_prompt=2): \"pairs.per_prompt\" is 2"))
    let many = "[\((1...40).map(String.init).joined(separator: ", "))]"
    #expect(
      try message(["pairs.seed=\(many)", "run.threads=\(many)"])
        == "these are more than 1,000 variants: 40 of pairs.seed × 40 of run.threads")
    #expect(
      try message(["sweep.pairs={seed: [1, 2]}"])
        == "expected a list of values for \"sweep.pairs\", found a mapping")
  }

  @Test func otherCommandsRefuseTheSection() throws {
    let text = "input: {paths: [a]}\noutput: {dir: out}\nsweep: {pairs.seed: [1, 2]}\n"
    let error = try #require(throws: ConfigurationError.self) {
      try Configuration.parse(text, named: "f")
    }
    #expect(error.diagnostic.location?.line == 3)
    #expect(error.diagnostic.hint?.contains("`dpo-prep sweep f`") == true)
    // An empty one, as with everything in it commented out, is none.
    let empty = try Configuration.parse(
      "input: {paths: [a]}\noutput: {dir: out}\nsweep:\n", named: "f")
    #expect(empty.configuration.output.dir == "out")
  }
}
