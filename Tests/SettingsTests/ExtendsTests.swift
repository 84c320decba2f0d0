import Records
import TestSupport
import Testing

@testable import Settings

/// Configurations that change others.
@Suite struct ExtendsTests {
  static let base = "input: {paths: [a]}\noutput: {dir: out}\n"

  @Test func laterFilesWinSettingBySetting() throws {
    let folder = try ConfigurationFolder([
      "prep.yaml": """
      extends: [conf/base.yaml, conf/more.yaml]
      calibration:
        characteristics: markdown
      filters:
      pairs: {max_margin: null}
      """,
      "conf/base.yaml": Self.base + """
        calibration:
          characteristics: [chars, words]
          frac: 0.5
        filters: {min_chars: 7}
        pairs: {max_margin: 3, seed: 1}
        """,
      "conf/more.yaml": "extends: deep/x.yaml\npairs:\n  seed: 2\n",
      "conf/deep/x.yaml": "pairs: {seed: 3, sigma: 1.5}\nsplit:\n  test: 0.1",
    ])
    let resolved = try folder.load("prep.yaml", ["split.test=0.2"])
    var expected = Configuration()
    expected.input.paths = ["a"]
    expected.output.dir = "out"
    // Lists are replaced, sections are not, and an empty section changes nothing.
    expected.calibration.characteristics = [.init(.markdown)]
    expected.calibration.frac = 0.5
    expected.filters.minChars = 7
    // Null is a value where a setting takes it.
    expected.pairs.maxMargin = nil
    expected.pairs.seed = 2
    expected.pairs.sigma = 1.5
    expected.split.test = 0.2
    #expect(resolved.configuration == expected)
    let origins = [
      "calibration.characteristics": ["prep.yaml:3"], "calibration.frac": ["conf/base.yaml:5"],
      "filters.min_chars": ["conf/base.yaml:6"], "pairs.max_margin": ["prep.yaml:5"],
      "pairs.seed": ["conf/more.yaml:3"], "pairs.sigma": ["conf/deep/x.yaml:1"],
      "split.test": ["command line"], "run.threads": ["default"],
    ]
    for (key, places) in origins { #expect(folder.origins(resolved, key) == places, "\(key)") }
    // What is shown needs no other file.
    let again = try Configuration.parse(resolved.yaml(), named: "f")
    #expect(again.configuration == resolved.configuration)
  }

  /// Settings that are spread over files at random are those that were written last.
  @Test func anyOrderOfFilesIsThatOfReading() throws {
    var random = SeededRandom(seed: 20)
    let keys = ["seed", "sigma", "length_ratio", "min_margin"]
    for _ in 0..<30 {
      // Every file extends two that come after it, or none.
      let count = 7
      var values: [[String: Int]] = []
      var files: [String: String] = [:]
      for number in 0..<count {
        var mine: [String: Int] = [:]
        for key in keys where Bool.random(using: &random) {
          mine[key] = Int.random(in: 1...1000, using: &random)
        }
        values.append(mine)
        let bases = [2 * number + 1, 2 * number + 2].filter { $0 < count }
        let flow = mine.map { "\($0): \($1)" }.joined(separator: ", ")
        files["\(number).yaml"] =
          "pairs: {\(flow)}\nextends: [\(bases.map { "\($0).yaml" }.joined(separator: ", "))]\n"
          .replacing("extends: []\n", with: number == count - 1 ? Self.base : "")
      }
      func collected(_ number: Int) -> [String: Int] {
        guard number < count else { return [:] }
        return collected(2 * number + 1).merging(collected(2 * number + 2)) { $1 }
          .merging(values[number]) { $1 }
      }
      let folder = try ConfigurationFolder(files)
      let shown = try folder.load("0.yaml").configuration.resolvedValues()
      for key in keys {
        guard let value = collected(0)[key] else { continue }
        let found = shown["pairs"]?[key]
        #expect(found == .int(value) || found == .double(Double(value)), "\(key)")
      }
    }
  }

  @Test func errorsNameTheFileThatHasThem() throws {
    let folder = try ConfigurationFolder([
      "prep.yaml": "extends: conf/base.yaml\nsplit: {tset: 1}\npairs: {seed: 1}\n",
      "conf/base.yaml": Self.base + "pairs:\n  seed: x\n  sgima: 1\nrun:\n  threads: many\n",
    ])
    #expect(
      folder.reports("prep.yaml") == [
        "prep.yaml:2:9: unknown key \"split.tset\"",
        "conf/base.yaml:5:3: unknown key \"pairs.sgima\"",
        "conf/base.yaml:7:12: expected auto or a whole number from 1 to 1024 for "
          + "\"run.threads\", found \"many\"",
      ])
  }

  @Test func whatCannotBeExtendedIsToldWhereItIsNamed() throws {
    let folder = try ConfigurationFolder([
      "missing.yaml": "# one\nextends: [ok.yaml, nix.yaml]\n", "ok.yaml": Self.base,
      "folder.yaml": "extends: conf\n", "conf/a.yaml": "", "empty.yaml": "extends: conf/a.yaml",
      "self.yaml": "extends: ../x/self.yaml".replacing("../x", with: "conf/.."),
      "a.yaml": "extends: conf/b.yaml\n", "conf/b.yaml": "pairs: {}\nextends:\n  - ../a.yaml\n",
      "list.yaml": "extends: [ok.yaml, [a]]\n", "twice.yaml": "extends: [ok.yaml, ok.yaml]",
      "broken.yaml": "extends: bad.yaml", "bad.yaml": "a: [",
      "variable.yaml": "extends: ${WHERE}/b.yaml",
      "null.yaml": "extends:\n" + Self.base,
    ])
    let expected: [String: String] = [
      "missing.yaml":
        "missing.yaml:2:20: cannot extend \"nix.yaml\": no such configuration file",
      "folder.yaml":
        "folder.yaml:1:10: cannot extend \"conf\": expected a configuration file, found a folder",
      "empty.yaml": "conf/a.yaml: the configuration is empty",
      "self.yaml":
        "self.yaml:1:10: \"conf/../self.yaml\" extends itself: self.yaml \u{2192} "
        + "conf/../self.yaml",
      "a.yaml":
        "conf/b.yaml:3:5: \"conf/../a.yaml\" extends itself: a.yaml \u{2192} conf/b.yaml \u{2192} "
        + "conf/../a.yaml",
      "list.yaml": "list.yaml:1:20: expected a path for \"extends.1\", found a list",
      "twice.yaml": "twice.yaml:1:20: \"ok.yaml\" is in \"extends\" twice",
      "broken.yaml":
        "bad.yaml:1:5: invalid YAML: did not find expected node content while parsing a flow node",
      "variable.yaml":
        "variable.yaml:1:10: the environment variable WHERE of \"extends\" is not set",
    ]
    for (file, report) in expected { #expect(folder.reports(file) == [report], "\(file)") }
    #expect(folder.reports("null.yaml").isEmpty)
  }

  @Test func depthAndNumberOfFilesAreLimited() throws {
    var files: [String: String] = [:]
    for number in 0..<20 { files["\(number).yaml"] = "extends: \(number + 1).yaml" }
    for number in 0..<15 {
      files["w\(number).yaml"] = "extends: [w\(number + 1).yaml, ./w\(number + 1).yaml]"
    }
    files["w15.yaml"] = Self.base
    let folder = try ConfigurationFolder(files)
    #expect(
      folder.reports("0.yaml") == ["15.yaml:1:10: more than 16 files extend one another"])
    // 2¹⁵ readings of one file.
    #expect(folder.reports("w0.yaml").first?.contains("more than 100 files") == true)
  }

  @Test func aBaseMayBeExtendedByTwo() throws {
    let folder = try ConfigurationFolder([
      "prep.yaml": "extends: [l.yaml, r.yaml]", "l.yaml": "extends: b.yaml\npairs: {seed: 5}",
      "r.yaml": "extends: b.yaml\n", "b.yaml": Self.base + "pairs: {seed: 6}",
    ])
    #expect(try folder.load("prep.yaml").configuration.pairs.seed == 6)
  }

  @Test func sweepsAreExtendedToo() throws {
    let folder = try ConfigurationFolder([
      "prep.yaml": "extends: b.yaml\nsweep: {pairs.seed: [1, 2]}\noutput: {dir: 'o-{n}'}",
      "b.yaml": "input: {paths: [a]}\nsweep: {pairs.seed: [3, 4, 5], calibration.frac: [0.1, 0.2]}",
    ])
    let sweep = try Sweep(path: folder.path + "/prep.yaml", arguments: [], writesData: true)
    #expect(sweep.axes.map(\.key) == ["calibration.frac", "pairs.seed"])
    #expect(sweep.variants.map(\.configuration.pairs.seed) == [1, 2, 1, 2])
    #expect(
      folder.reports("prep.yaml") == [
        "prep.yaml:2:1: the section \"sweep\" is for `dpo-prep sweep` alone"
      ])
  }

  @Test func itStandsInFilesAlone() {
    let error = #expect(throws: ConfigurationError.self) {
      try Configuration.parse(Self.base, named: "f", overrides: ["extends=b.yaml"])
    }
    #expect(
      error?.diagnostic.message == "\"extends\" stands at the top of a configuration file alone")
    let misspelt = #expect(throws: ConfigurationError.self) {
      try Configuration.parse(Self.base + "extend: b.yaml", named: "f")
    }
    #expect(misspelt?.diagnostic.hint == "did you mean \"extends\"?")
  }
}
