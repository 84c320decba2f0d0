import Records
import Testing

@testable import Settings

/// Variables and folders in paths of configurations.
@Suite struct PathReadingTests {
  private func resolve(
    _ text: String, _ environment: [String: String] = [:], overrides: [String] = []
  ) throws -> Configuration {
    try Configuration.parse(
      text, named: "f", overrides: overrides, environment: Environment(environment)
    ).configuration
  }

  @Test func variablesStandForTheirValues() throws {
    let resolved = try resolve(
      """
      input: {paths: ["${DATA}/a.jsonl", 'b$${c}.jsonl', 'x${_1}${DATA}', 2024]}
      output: {dir: "${OUT}"}
      calibration: {curve: "c-${DATA}.json"}
      run: {tmp_dir: "/scratch/${USER}"}
      split: {salt: "${DATA}"}
      """, ["DATA": "/d", "_1": "$", "OUT": "2025", "USER": "me"])
    #expect(resolved.input.paths == ["/d/a.jsonl", "b${c}.jsonl", "x$/d", "2024"])
    #expect(resolved.output.dir == "2025")
    #expect(resolved.calibration.curve == "c-/d.json")
    #expect(resolved.run.temporaryFolder == "/scratch/me")
    // A salt is no path.
    #expect(resolved.split.salt == "${DATA}")
  }

  @Test func argumentsAreTakenAsTheyAre() throws {
    let resolved = try resolve(
      "input: {paths: [a, \"${B}\"]}\noutput: {dir: out}", ["B": "b"],
      overrides: ["input.paths.0='${A}'"])
    #expect(resolved.input.paths == ["${A}", "b"])
  }

  @Test(arguments: [
    ("${NO}/x", "the environment variable NO of \"input.paths.0\" is not set"),
    ("a${EMPTY}", "the environment variable EMPTY of \"input.paths.0\" is empty"),
    ("${}", "expected ${NAME} for \"input.paths.0\", found \"${}\""),
    ("${A", "expected ${NAME} for \"input.paths.0\", found \"${A\""),
    ("x${A:-b}", "expected ${NAME} for \"input.paths.0\", found \"${A:-b}\""),
    ("${1}", "expected ${NAME} for \"input.paths.0\", found \"${1}\""),
  ])
  func whatIsNoVariableIsAnError(path: String, message: String) {
    let error = #expect(throws: ConfigurationError.self) {
      try resolve(
        "output: {dir: out}\ninput:\n  paths: [\"\(path)\"]\n", ["EMPTY": "", "A": "a"])
    }
    #expect(error?.diagnostics.map(\.message) == [message])
    #expect(error?.diagnostic.location == SourceLocation(file: "f", line: 3, column: 11))
    #expect(error?.category == .badConfiguration)
  }

  /// Only what counts in the end has to be there.
  @Test func variablesOfOverriddenValuesAreNotLookedUp() throws {
    let resolved = try resolve(
      "input: {paths: [a]}\noutput: {dir: \"${NO}\"}", overrides: ["output.dir=x"])
    #expect(resolved.output.dir == "x")
  }

  @Test func whatIsShownIsReadTheSame() throws {
    let resolved = try Configuration.parse(
      "input: {paths: ['a$${b}', 'c$$d', '$$${e}', '${F}']}\noutput: {dir: out}", named: "f",
      environment: Environment(["F": "${g}$", "e": "E"]))
    #expect(resolved.configuration.input.paths == ["a${b}", "c$$d", "$${e}", "${g}$"])
    let again = try Configuration.parse(resolved.yaml(), named: "g")
    #expect(again.configuration == resolved.configuration)
  }

  @Test func recordedValuesAreTakenAsTheyAre() throws {
    var configuration = Configuration()
    configuration.input.paths = ["${A}/x", "$${B}"]
    configuration.output.dir = "out"
    let values = configuration.resolvedValues().flowText
    #expect(try Configuration.recorded(Array(values.utf8), named: "job.json") == configuration)
  }

  @Test func relativePathsStartWhereTheFileSays() throws {
    let folder = try ConfigurationFolder([
      "conf/prep.yaml": """
      extends: ../other/base.yaml
      paths_relative_to: config
      input: {paths: ["gens/*.jsonl", /abs, "-", "s3://b/x", "${D}/y"]}
      """,
      "other/base.yaml": "output: {dir: out}\ncalibration: {labels: l.jsonl}\n",
      "other/config.yaml": "paths_relative_to: config\noutput: {dir: out}\n",
      "both.yaml":
        "extends: other/config.yaml\npaths_relative_to: working_directory\ninput: {paths: a}",
    ])
    let resolved = try folder.load("conf/prep.yaml", ["run.tmp_dir=t"], environment: ["D": "/d"])
    let conf = folder.path + "/conf"
    #expect(
      resolved.configuration.input.paths == [
        "\(conf)/gens/*.jsonl", "/abs", "-", "s3://b/x", "/d/y",
      ])
    // Each file says so for itself, and arguments are relative to the working directory.
    #expect(resolved.configuration.output.dir == "out")
    #expect(resolved.configuration.calibration.labels == "l.jsonl")
    #expect(resolved.configuration.run.temporaryFolder == "t")
    let both = try folder.load("both.yaml").configuration
    #expect(both.output.dir == folder.path + "/other/out")
    #expect(both.input.paths == ["a"])
  }

  @Test func foldersOfFilesAreThoseOfTheirNames() {
    #expect(PathReading.folder(ofFile: "prep.yaml") == nil)
    #expect(PathReading.folder(ofFile: "a/b/prep.yaml") == "a/b")
    #expect(PathReading.folder(ofFile: "/prep.yaml") == "/")
    #expect(PathReading.path("x", from: "/") == "/x")
    #expect(PathReading.path("x", from: "a/b") == "a/b/x")
  }
}
