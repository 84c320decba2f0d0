import Testing

/// Configurations that are spread over files and the environment.
@Suite struct ConfigurationFilesTests {
  /// A workspace with a configuration in one file, and the same in several.
  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 30).nested, to: "conf/gens/in.jsonl")
    try workspace.write(
      """
      input: {paths: [conf/gens/in.jsonl]}
      calibration: {frac: 0.5}
      pairs: {strategy: all, per_prompt: 3}
      output: {dir: out, format: jsonl, compression: none}
      run: {threads: 2}
      """, to: "one.yaml")
    try workspace.write(
      """
      paths_relative_to: config
      input: {paths: ["${FOLDER}/*.jsonl"]}
      calibration: {frac: 0.5, scope: global}
      pairs: {strategy: all}
      output: {format: jsonl}
      """, to: "conf/base.yaml")
    try workspace.write(
      """
      extends: conf/base.yaml
      calibration: {scope: within_prompt}
      pairs: {per_prompt: 3}
      output: {dir: "${OUT}", compression: none}
      """, to: "several.yaml")
    return workspace
  }

  private let variables = "FOLDER=gens OUT=out DPO_PREP_RUN_THREADS=2"

  /// What is made and told depends on the resulting values alone.
  @Test func valuesCountAndNotWhereTheyStand() throws {
    let workspace = try workspace()
    try workspace.succeed(["run", "-q", "one.yaml", "input.paths=[conf/gens/*.jsonl]"])
    let expected = try workspace.contents(of: "out/data")
    let config = try workspace.object(in: "out/manifest.json")["config"]
    for command in [
      "run -q several.yaml output.overwrite=true",
      "sweep -q several.yaml output.overwrite=true 'calibration.ratio=[4.0]'",
    ] {
      let outcome = try workspace.shell("\(variables) exec \"$DPO_PREP\" \(command)")
      #expect(outcome.status == 0, "\(outcome.errors)")
      let isSame = try workspace.contents(of: "out/data") == expected
      #expect(isSame, "\(command)")
      var told = try #require(
        try workspace.object(in: "out/manifest.json")["config"] as? [String: Any])
      var output = try #require(told["output"] as? [String: Any])
      output["overwrite"] = false
      told["output"] = output
      #expect(JSON.areSame(told, config), "\(command)")
    }
    // The digests of jobs are those of their descriptions.
    try workspace.succeed(["job", "init", "one.yaml", "A", "input.paths=[conf/gens/*.jsonl]"])
    let other = try workspace.shell("\(variables) \"$DPO_PREP\" job init several.yaml B")
    #expect(other.status == 0, "\(other.errors)")
    #expect(try workspace.read("A/job.json") == workspace.read("B/job.json"))
  }

  /// A job's steps take what their machine has to give; a path with `${` is not read a second time.
  @Test func jobsKeepWhatWasResolved() throws {
    let workspace = try workspace()
    try workspace.succeed([
      "job", "init", "one.yaml", "JOB", "input.paths='conf/gens/*.jsonl'", "split.salt='${NO}'",
      "input.base='${NO}'",
    ])
    let unknown = try workspace.shell("DPO_PREP_RUN_MEMROY=1GiB \"$DPO_PREP\" job run -q JOB")
    #expect(unknown.status == 78)
    let outcome = try workspace.shell(
      "DPO_PREP_RUN_MEMORY=64MiB \"$DPO_PREP\" job run -q JOB")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let config = try workspace.object(in: "out/manifest.json")
    #expect(JSON.value(config, "config.split.salt") as? String == "${NO}")
  }

  @Test func theirPlacesAreShown() throws {
    let workspace = try workspace()
    let shown = try workspace.shell(
      "\(variables) \"$DPO_PREP\" config show several.yaml calibration.ratio=5")
    #expect(shown.status == 0, "\(shown.errors)")
    for line in [
      "  paths: [conf/gens/*.jsonl]  # conf/base.yaml:2", "  frac: 0.5  # conf/base.yaml:3",
      "  ratio: 5.0  # command line", "  scope: within_prompt  # several.yaml:2",
      "  threads: 2  # environment DPO_PREP_RUN_THREADS", "  seed: 42  # default",
    ] {
      #expect(shown.output.contains(line + "\n"), "\(line)")
    }
    let unset = try workspace.shell("\"$DPO_PREP\" config check several.yaml")
    #expect(unset.status == 78)
    #expect(
      unset.errors == """
        several.yaml:4:15: error: the environment variable OUT of "output.dir" is not set
          give it a value: export OUT=…
        conf/base.yaml:2:17: error: the environment variable FOLDER of "input.paths.0" is not set
          give it a value: export FOLDER=…

        """)
  }

  @Test(.enabled(if: Program.pythonHas("jsonschema")))
  func theSchemaTakesWhatIsValidAndItsOwnExamples() throws {
    let workspace = try workspace()
    try workspace.write(
      try workspace.succeed(["config", "schema"]).output, to: "schema.json")
    try workspace.write(
      """
      import json, jsonschema, yaml
      schema = json.load(open("schema.json"))
      jsonschema.Draft202012Validator.check_schema(schema)
      check = jsonschema.Draft202012Validator(schema)
      for name in ["one.yaml", "several.yaml"]:
          check.validate(yaml.safe_load(open(name)))
      base = yaml.safe_load(open("conf/base.yaml"))
      # Without what it lacks it is no configuration of its own.
      assert [flaw.message for flaw in check.iter_errors(base)] == ["'dir' is a required property"]
      for wrong in [{"extends": []}, {"extends": "a", "paths_relative_to": "b"}, {"input": {}}]:
          assert not check.is_valid(wrong), wrong
      count = 0
      def visit(schema, name):
          global count
          for example in schema.get("examples", []):
              jsonschema.validate(example, {k: v for k, v in schema.items()
                                            if name != "sweep" or k == "type"})
              count += 1
          for inner, value in schema.get("properties", {}).items():
              visit(value, inner)
      visit(schema, "")
      print(count)
      """, to: "check.py")
    let outcome = try workspace.python(["check.py"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(Int(outcome.output.split(separator: "\n").first ?? "") ?? 0 > 70)
  }
}
