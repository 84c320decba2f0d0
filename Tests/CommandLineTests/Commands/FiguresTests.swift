import Testing

/// `--figures`: every figure of a report as a file of its own.
@Suite struct FiguresTests {
  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 80).nested, to: "in.jsonl")
    try workspace.succeed(["run", "-q", "in.jsonl", "-o", "made"])
    return workspace
  }

  private static let samples = Program.checkout + "/samples/evaluation"

  @Test(arguments: [
    ["run", "in.jsonl", "-o", "new"], ["run", "in.jsonl", "--dry-run"],
    ["audit", "made", "--html", "r.html"],
    ["diff", "made", "made", "--html", "r.html"],
    ["sweep", "in.jsonl", "--no-data", "calibration.frac=[0.3,0.6]", "--html", "r.html"],
    [
      "evaluate", "rewardbench", samples + "/rewardbench.jsonl.zst", "--resamples", "5", "--html",
      "r.html",
    ],
    [
      "evaluate", "alpacaeval", samples + "/leaderboard.jsonl.zst", "--baseline", "heron-7b",
      "--resamples", "5", "--html", "r.html",
    ],
  ])
  func everyFigureIsAFile(command: [String]) throws {
    let workspace = try workspace()
    let outcome = try workspace.dpoPrep(command + ["--figures", "figures", "-q"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let names = try workspace.names(in: "figures")
    for name in names {
      #expect(name.hasSuffix(".svg"))
      let bytes = try workspace.read("figures/\(name)")
      // Well-formed, and nothing is fetched or run.
      #expect(XMLCheck.isWellFormed(bytes), "\(name)")
      let text = String(decoding: bytes, as: UTF8.self)
      let others = text.replacing("http://www.w3.org/2000/svg", with: "")
      for word in ["http", "url(http", "<script", "@import", "var(", "xlink"] {
        #expect(!others.contains(word), "\(name) has \(word)")
      }
    }
    let page =
      command.contains("r.html") ? "r.html" : command.contains("new") ? "new/report.html" : nil
    guard let page else { return #expect(!names.isEmpty) }
    let html = String(decoding: try workspace.read(page), as: UTF8.self)
    #expect(html.ranges(of: "<figure>").count == names.count)
  }

  @Test func bytesDoNotDependOnThreads() throws {
    let workspace = try workspace()
    for threads in [1, 3] {
      try workspace.succeed([
        "run", "in.jsonl", "-o", "new\(threads)", "--figures", "figures\(threads)",
        "run.threads=\(threads)", "report.html=false",
      ])
    }
    let one = try workspace.contents(of: "figures1")
    #expect(one.count > 5)
    #expect(try workspace.contents(of: "figures3") == one)
  }

  @Test(
    .enabled(if: Program.isOnPath("rsvg-convert"), "install librsvg2-bin"),
    arguments: [("pdf", "%PDF-"), ("png", "\u{89}PNG")])
  func figuresCanBeOtherFiles(format: String, start: String) throws {
    let workspace = try workspace()
    try workspace.succeed(["audit", "made", "--figures", "svg", "-q"])
    try workspace.succeed(["audit", "made", "--figures", "other", "--figure-format", format, "-q"])
    let names = try workspace.names(in: "other")
    #expect(
      names == (try workspace.names(in: "svg")).map { $0.replacing(".svg", with: ".\(format)") })
    let signature = start.unicodeScalars.map { UInt8($0.value) }
    for name in names {
      #expect(try workspace.read("other/\(name)").starts(with: signature), "\(name)")
    }
  }

  /// What makes other files is looked for before any work.
  @Test func whatIsMissingIsNamed() throws {
    let workspace = try workspace()
    let without = try workspace.dpoPrep(["audit", "made", "--figure-format", "pdf"])
    #expect(without.status == 64 && without.errors.contains("--figures DIR"))
    let outcome = try workspace.shell(
      "PATH=/none \(Program.path) audit made --figures figures --figure-format pdf")
    #expect(outcome.status == 73, "\(outcome.errors)")
    #expect(outcome.errors.contains("librsvg2-bin") && outcome.output.isEmpty)
  }

  /// A place that does not do is refused before any work, and nothing is left behind.
  @Test(arguments: ["made", "made/figures", "in.jsonl", "none/figures", "-", "new/figures"])
  func placesAreLookedAtBeforehand(folder: String) throws {
    let workspace = try workspace()
    let before = try workspace.contents(of: ".")
    let outcome = try workspace.dpoPrep(["run", "in.jsonl", "-o", "new", "--figures", folder])
    #expect([64, 73].contains(outcome.status), "\(folder): \(outcome.errors)")
    #expect(try workspace.contents(of: ".") == before)
  }
}

/// Whether a text is XML.
private enum XMLCheck {
  static func isWellFormed(_ bytes: [UInt8]) -> Bool {
    guard let python = Program.python, let workspace = try? Workspace() else { return true }
    try? workspace.write(bytes, to: "x.svg")
    let script = "import xml.dom.minidom, sys; xml.dom.minidom.parse('x.svg')"
    return (try? workspace.start(python, ["-c", script]).wait())?.status == 0
  }
}
