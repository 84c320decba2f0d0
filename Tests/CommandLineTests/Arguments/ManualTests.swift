import Testing

@testable import Arguments
@testable import Terminal
@testable import Views
@testable import dpo_prep

@Suite struct ManualTests {
  static let names = Command.root.all.map(\.name)

  /// Nothing of a page is taken for a request to roff that is none, and nothing is left out.
  @Test(arguments: names)
  func pagesAreWhole(name: String) throws {
    let command = try #require(Command.root.all.first { $0.name == name })
    let page = ManualPage(command, version: "dpo-prep 1.2")
    #expect(page.fileName == command.commandLine.replacing(" ", with: "-") + ".1")
    for line in page.text.split(separator: "\n", omittingEmptySubsequences: false) {
      #expect(!line.hasPrefix("'") && !line.hasSuffix(" "), "\(line)")
      if line.hasPrefix(".") {
        let requests = [".TH ", ".SH ", ".TP", ".nf", ".fi"]
        #expect(requests.contains { line.hasPrefix($0) }, "\(line)")
      }
    }
    let plain = page.text.replacing("\\-", with: "-").replacing("\\fB", with: "")
      .replacing("\\fR", with: "").replacing("\n", with: " ")
    for option in command.allOptions { #expect(plain.contains(option.name)) }
    for operand in command.operands { #expect(plain.contains(operand.name.withoutBrackets)) }
    for other in command.subcommands {
      #expect(plain.contains(other.commandLine.replacing(" ", with: "-") + "(1)"))
    }
  }

  @Test func aFolderGetsAPageForEachCommand() throws {
    let workspace = try Workspace()
    #expect(try workspace.dpoPrep(["man", "man1"]).status == 73)
    #expect(try workspace.shell("mkdir man1").status == 0)
    try workspace.succeed(["man", "man1"])
    let pages = ManualPage.all(of: Command.root, version: "")
    #expect(try workspace.names(in: "man1") == pages.map(\.fileName).sorted())
    #expect(Set(pages.map(\.fileName)).count == Self.names.count)
  }
}
