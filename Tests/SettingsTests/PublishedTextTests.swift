import Glibc
import Records
import Testing

@testable import Settings

/// What the program prints about its settings, and the files in the repository that repeat it.
@Suite struct PublishedTextTests {
  /// The text of a file, by its path from the root of the package.
  private static func text(_ path: String) throws -> String {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let file = try #require(fopen("/\(root)/\(path)", "r"), "\(path) is missing")
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    bytes.removeLast(bytes.count - fread(&bytes, 1, bytes.count, file))
    return try #require(String(validating: bytes, as: UTF8.self))
  }

  @Test func theTemplateHasTheDefaults() throws {
    let resolved = try Configuration.parse(Configuration.template, named: "f")
    var expected = Configuration()
    expected.input.paths = ["gens/*.jsonl.zst"]
    expected.output.dir = "out"
    #expect(resolved.configuration == expected)
    // Every key is written out.
    for setting in Setting.all {
      #expect(resolved.origins(of: setting.key) != [.builtIn], "\(setting.key)")
    }
  }

  @Test func theTemplateIsExplainedAndNarrow() {
    let lines = Configuration.template.split(separator: "\n", omittingEmptySubsequences: false)
    for line in lines { #expect(line.count <= 100, "\(line)") }
    for setting in Setting.all {
      let isExplained = lines.indices.contains { index in
        let line = lines[index].drop { $0 == " " }
        return line.hasPrefix("\(setting.name): ") && lines[index - 1].contains("  # ")
      }
      #expect(isExplained, "\(setting.key)")
    }
  }

  @Test func filesEqualWhatIsPrinted() throws {
    #expect(try Self.text("configs/default.yaml") == Configuration.template)
    #expect(try Self.text("configs/dpo-prep.schema.json") == Configuration.schema.jsonText)
  }

  @Test func theDocumentedTableIsTheGeneratedOne() throws {
    let document = try Self.text("docs/configuration.md")
    let heading = try #require(document.firstRange(of: "| Key | Default |"))
    #expect(document[heading.lowerBound...] == Configuration.markdownTable[...])
  }

  @Test(arguments: ["flat-seeds", "nested-simpo", "within-prompt", "length-and-markdown"])
  func examplesAreValidAndShowSomething(name: String) throws {
    let file = "configs/\(name).yaml"
    let text = try Self.text(file)
    let resolved = try Configuration.parse(text, named: file)
    #expect(resolved.configuration.output.dir.hasPrefix("out/"))
    #expect(text.hasPrefix("# yaml-language-server: $schema=dpo-prep.schema.json\n"))
    let changed = Setting.all.filter { setting in
      setting.placeholder == nil
        && setting.value(resolved.configuration) != setting.value(Configuration())
    }
    #expect(changed.count >= 3)
  }

  @Test func filesAreLoadedFromDisk() throws {
    let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let path = "\(root)/configs/default.yaml"
    let resolved = try Configuration.load(path: path, overrides: ["output.dir=x"])
    let parsed = try Configuration.parse(
      Configuration.template, named: path, overrides: ["output.dir=x"])
    #expect(resolved.configuration == parsed.configuration)
    #expect(resolved.yaml() == parsed.yaml())
  }

  @Test func examplesMeanWhatTheyShow() throws {
    func configuration(_ name: String) throws -> Configuration {
      let file = "configs/\(name).yaml"
      return try Configuration.parse(try Self.text(file), named: file).configuration
    }
    #expect(try configuration("flat-seeds").input.onError == .skip)
    #expect(try configuration("flat-seeds").run.memory == 8 << 30)
    #expect(try configuration("nested-simpo").pairs.minMargin == 0.001)
    let paper = try configuration("paper")
    #expect(paper.calibration.scope == .global && paper.calibration.method == .lwr)
    #expect(paper.calibration.frac == 0.3 && paper.calibration.iterations == 3)
    #expect(paper.pairs.ties == .shorter)
    #expect(try configuration("within-prompt").calibration.scope == .withinPrompt)
    #expect(
      try configuration("length-and-markdown").calibration.characteristics == [
        .init(.chars, alpha: 1), .init(.markdown, alpha: 0.5),
      ])
  }
}

/// The JSON Schema against the table it comes from.
@Suite struct SchemaTests {
  /// The schema of a dotted key.
  private func schema(of key: String) -> ConfigValue? {
    key.split(separator: ".").reduce(Configuration.schema) { schema, name in
      schema?["properties"]?[String(name)]
    }
  }

  @Test func everyKeyIsDescribedAndNoOther() throws {
    var leaves: [String] = []
    func visit(_ schema: ConfigValue, _ key: String) {
      guard case .mapping(let properties)? = schema["properties"] else {
        leaves.append(key)
        return
      }
      #expect(schema["additionalProperties"] == .bool(false), "\(key)")
      for property in properties
      where !["sweep", "extends", "paths_relative_to"].contains(property.key) {
        visit(property.value, key.isEmpty ? property.key : "\(key).\(property.key)")
      }
    }
    visit(Configuration.schema, "")
    #expect(leaves.sorted() == Setting.all.map(\.key).sorted())
  }

  /// A sweep takes a list of what each setting takes.
  @Test func everySettingCanBeSwept() throws {
    for setting in Setting.all {
      let axis = try #require(
        Configuration.schema["properties"]?["sweep"]?["properties"]?[setting.key])
      #expect(axis["type"] == "array")
      guard case .string(let place)? = axis["items"]?["$ref"] else {
        Issue.record("\(setting.key) has no reference")
        continue
      }
      let found = place.split(separator: "/").dropFirst().reduce(
        Configuration.schema as ConfigValue?
      ) {
        $0?[String($1)]
      }
      #expect(found == schema(of: setting.key), "\(place)")
    }
  }

  @Test(arguments: Setting.all.map(\.key))
  func helpAndDefaultsAreThere(key: String) throws {
    let setting = try #require(Setting.named(key))
    let schema = try #require(self.schema(of: key))
    #expect(schema["default"] == setting.defaultValue)
    #expect(schema["title"] == .string(key))
    #expect(schema["description"] == .string(setting.help.replacing("`", with: "")))
    guard case .list(let examples)? = schema["examples"] else {
      Issue.record("\(key) has no examples")
      return
    }
    #expect(!examples.isEmpty)
    for example in examples {
      var configuration = Configuration()
      var problems = ValueProblems(key: key)
      setting.read(example.node(origin: .builtIn), &configuration, &problems)
      // A variable stands there as it is: what it holds is another machine's.
      if !example.flowText.contains("${") { #expect(problems.diagnostics.isEmpty, "\(example)") }
    }
  }

  @Test func boundsAndChoicesAreThere() throws {
    let frac = try #require(schema(of: "calibration.frac"))
    #expect(
      frac["anyOf"] == [
        ["type": "number", "exclusiveMinimum": .double(0), "maximum": .double(1)],
        ["type": "string", "enum": ["auto"]],
      ])
    #expect(
      schema(of: "pairs.strategy")?["enum"]
        == .list(
          [
            "max_min", "max_random", "max_second", "mu_sigma", "quantile", "all", "top_bottom",
            "length_matched", "neighbors", "model_pairs",
          ]))
    let needed = try #require(Configuration.schema["then"])
    #expect(needed["required"] == ["input", "output"])
    #expect(needed["properties"]?["input"]?["required"] == ["paths"])
    #expect(schema(of: "run")?["type"] == ["object", "null"])
  }

  @Test func everySettingHasASection() {
    for setting in Setting.all { #expect(Setting.isSection(setting.section), "\(setting.key)") }
    for section in Section.all {
      #expect(Setting.all.contains { $0.section == section.key }, "\(section.key)")
    }
  }

  @Test func theTableHasARowForEachSetting() {
    let rows = Configuration.markdownTable.split(separator: "\n").dropFirst(2)
    #expect(rows.count == Setting.all.count)
    for (row, setting) in zip(rows, Setting.all) {
      #expect(row.hasPrefix("| `\(setting.key)` | "))
      // Four cells: every other bar is escaped.
      #expect(row.replacing("\\|", with: "").count { $0 == "|" } == 5, "\(row)")
    }
  }
}
