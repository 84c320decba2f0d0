import Records
import Testing

@testable import Settings

@Suite struct OverrideTests {
  private static let file = """
    input:
      paths: [a, b]
    calibration:
      frac: 0.4
      characteristics:
        - words
        - {name: chars, alpha: 0.5}
    pairs: {strategy: all, sigma: 3}
    output:
      dir: out
    """

  private func resolve(_ overrides: String...) throws -> ResolvedConfiguration {
    try Configuration.parse(Self.file, named: "f", overrides: overrides)
  }

  @Test func argumentsWinOverTheFileAndTheLastOverTheFirst() throws {
    #expect(try resolve().configuration.calibration.frac == 0.4)
    let resolved = try resolve("calibration.frac=0.5", "calibration.frac=0.6")
    #expect(resolved.configuration.calibration.frac == 0.6)
    #expect(resolved.configuration.calibration.ratio == 4)
  }

  @Test func elementsOfListsGoByNumber() throws {
    let resolved = try resolve(
      "calibration.characteristics.0.alpha=0.8", "calibration.characteristics.1.name=field:n",
      "calibration.characteristics.2=bytes", "input.paths.1=c", "input.paths.2=d")
    #expect(
      resolved.configuration.calibration.characteristics == [
        .init(.words, alpha: 0.8), .init(.field("n"), alpha: 0.5), .init(.bytes, alpha: 1),
      ])
    #expect(resolved.configuration.input.paths == ["a", "c", "d"])
  }

  @Test func defaultsHaveElementsToo() throws {
    let resolved = try Configuration.parse(
      "{input: {paths: a}, output: {dir: out}}", named: "f",
      overrides: ["calibration.characteristics.0.alpha=0.8", "input.paths.0=b"])
    #expect(
      resolved.configuration.calibration.characteristics == [.init(.chars, alpha: 0.8)])
    #expect(resolved.configuration.input.paths == ["b"])
  }

  @Test func aSectionTakesAMappingAndKeepsTheRest() throws {
    let pairs = try resolve("pairs={strategy: mu_sigma, min_margin: 1}").configuration.pairs
    #expect(pairs.strategy == .muSigma)
    #expect(pairs.minMargin == 1)
    #expect(pairs.sigma == 3)
    let input = try resolve("input={fields: {reward: r}}").configuration.input
    #expect(input.fields.reward == "r")
    #expect(input.paths == ["a", "b"])
  }

  @Test func aLoneDashIsStandardInput() throws {
    #expect(try resolve("input.paths=-").configuration.input.paths == ["-"])
    #expect(try resolve("input.paths=['-', x]").configuration.input.paths == ["-", "x"])
  }

  @Test func everythingAfterTheFirstEqualsSignIsTheValue() throws {
    #expect(try resolve("split.salt=a=b").configuration.split.salt == "a=b")
    #expect(try resolve("output.dir='=x'").configuration.output.dir == "=x")
  }

  @Test func valuesRememberWhereTheyCameFrom() throws {
    func place(_ line: Int, _ column: Int) -> Origin {
      .file(SourceLocation(file: "f", line: line, column: column))
    }
    let alpha = "calibration.characteristics.1.alpha=0.8"
    let resolved = try resolve("pairs.seed=1", alpha)
    #expect(resolved.origins(of: "pairs.seed") == [.argument("pairs.seed=1")])
    #expect(resolved.origins(of: "pairs.sigma") == [place(8, 31)])
    #expect(resolved.origins(of: "calibration.frac") == [place(4, 9)])
    #expect(resolved.origins(of: "split.test") == [.builtIn])
    #expect(resolved.origins(of: "calibration.characteristics").contains(.argument(alpha)))
    let lines = resolved.yaml().split(separator: "\n").map(String.init)
    #expect(lines.contains("  seed: 1  # command line"))
    #expect(lines.contains("  sigma: 3.0  # f:8"))
    #expect(lines.contains("  test: 0.0  # default"))
    #expect(
      lines.contains(
        "  characteristics: [{name: words, alpha: 1.0}, {name: chars, alpha: 0.8}]"
          + "  # f:6, f:7, command line"))
  }
}
