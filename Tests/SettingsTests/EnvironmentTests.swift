import Records
import Testing

@testable import Settings

/// Settings that variables of the environment set.
@Suite struct EnvironmentTests {
  static let text = "input: {paths: [a]}\noutput: {dir: out}\nrun: {threads: 2, memory: 1GiB}\n"

  private func resolve(
    _ environment: [String: String], _ overrides: [String] = []
  ) throws -> ResolvedConfiguration {
    try Configuration.parse(
      Self.text, named: "f", overrides: overrides, environment: Environment(environment))
  }

  @Test func theyWinOverTheFileAndGiveWayToArguments() throws {
    let resolved = try resolve(
      [
        "DPO_PREP_RUN_THREADS": "3", "DPO_PREP_RUN_MEMORY": "2GiB",
        "DPO_PREP_RUN_TMP_DIR": "/t/$",
      ], ["run.memory=3GiB"])
    #expect(resolved.configuration.run.threads == 3)
    #expect(resolved.configuration.run.memory == 3 << 30)
    #expect(
      resolved.origins(of: "run.threads").map(\.description) == [
        "environment DPO_PREP_RUN_THREADS"
      ])
    #expect(resolved.origins(of: "run.memory") == [.argument("run.memory=3GiB")])
    #expect(try resolve(["DPO_PREP_RUN_THREADS": "auto"]).configuration.run.threads == nil)
  }

  /// Exactly the settings of the section, as the names of other variables are taken.
  @Test func everySettingOfTheSectionHasAName() {
    let names = Setting.all.compactMap(\.environmentName)
    #expect(names.count == Setting.all.count { $0.key.hasPrefix("run.") })
    #expect(names.allSatisfy { $0.hasPrefix("DPO_PREP_RUN_") })
    #expect(names.contains("DPO_PREP_RUN_TMP_DIR"))
  }

  @Test func otherVariablesAreNotLookedAt() throws {
    let resolved = try resolve([
      "DPO_PREP_PYTHON": "x", "DPO_PREP": "y", "DPO_PREP_TESTDATA": "z", "DPO_PREP_PROGRAM": "",
      "RUN_THREADS": "7", "DPO_PREP_RUNTHREADS": "7", "dpo_prep_run_threads": "7",
    ])
    #expect(resolved.configuration.run.threads == 2)
  }

  @Test func whatSetsNothingIsAnError() throws {
    let error = try #require(throws: ConfigurationError.self) {
      try resolve([
        "DPO_PREP_RUN_THREDS": "3", "DPO_PREP_RUN_MEMORY": "", "DPO_PREP_RUN_COLOUR": "red",
      ])
    }
    #expect(error.category == .badConfiguration)
    let told = error.diagnostics.map {
      "\($0.location?.description ?? ""): \($0.message) (\($0.hint ?? ""))"
    }
    #expect(
      told == [
        "DPO_PREP_RUN_COLOUR: no setting has this environment variable (those there are: "
          + "DPO_PREP_RUN_THREADS, DPO_PREP_RUN_MEMORY, DPO_PREP_RUN_TMP_DIR)",
        "DPO_PREP_RUN_MEMORY: this environment variable is empty (give it a value for run.memory, "
          + "or unset it)",
        "DPO_PREP_RUN_THREDS: no setting has this environment variable (did you mean "
          + "DPO_PREP_RUN_THREADS?)",
      ])
    let wrong = try #require(throws: ConfigurationError.self) {
      try resolve(["DPO_PREP_RUN_THREADS": "0"])
    }
    #expect(wrong.diagnostic.location?.file == "DPO_PREP_RUN_THREADS")
  }

  @Test func sweepsTakeThemToo() throws {
    let sweep = try Sweep(
      path: nil, arguments: ["input.paths=a", "pairs.seed=[1,2]"],
      environment: Environment(["DPO_PREP_RUN_THREADS": "5"]), writesData: false)
    #expect(sweep.variants.map(\.configuration.run.threads) == [5, 5])
  }

  @Test func theyChangeNothingElse() throws {
    var configuration = Configuration()
    configuration.input.paths = ["a"]
    configuration.run.memory = 1 << 30
    var expected = configuration
    expected.run.threads = 4
    try configuration.takeRunSettings(from: Environment(["DPO_PREP_RUN_THREADS": "4"]))
    #expect(configuration == expected)
  }

  @Test func theProcessHasOne() {
    #expect((try? Environment.process.text(of: "PATH").get())?.isEmpty == false)
  }
}
