import Testing

@testable import Arguments
@testable import Terminal
@testable import Views
@testable import dpo_prep

/// The examples of the help do what they say, one after the other, on the samples.
@Suite struct HelpExampleTests {
  /// A difference is found where there is one.
  private static let finding: Set = ["diff", "config diff"]

  @Test func examplesRunAsTheyStand() throws {
    let workspace = try Workspace()
    let folder = Program.path.split(separator: "/").dropLast().joined(separator: "/")
    #expect(try workspace.shell("ln -s '\(Program.checkout)/samples' samples").status == 0)
    for command in Command.root.all {
      // A group's example may be that of one of its commands.
      let outcome = try workspace.shell("set -e\nPATH=\"/\(folder):$PATH\"\n\(command.example)")
      let status: Int32 = Self.finding.contains(command.name) ? 1 : 0
      #expect(outcome.status == status, "\(command.example): \(outcome.errors)")
    }
  }
}
