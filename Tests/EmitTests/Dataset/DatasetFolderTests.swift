import Glibc
import Records
import Testing

@testable import Emit

@Suite struct DatasetFolderTests {
  /// What a folder holds that is one of our datasets.
  private static let manifest = """
    {
      "tool": "dpo-prep",
      "outputs": [{"path": "data/train-00000-of-00001.jsonl", "sha256": "0"}]
    }

    """

  private func writeDataset(_ text: String, to dataset: DatasetFolder) throws {
    try dataset.write(Array(text.utf8), to: "README.md")
    try dataset.write(Array(Self.manifest.utf8), to: "manifest.json")
  }

  @Test func nothingIsThereBeforeTheCommitAndAllAfter() throws {
    let folder = try TemporaryFolder()
    let dataset = try DatasetFolder(target: folder.path + "/deep/out/", overwrites: false)
    #expect(dataset.target == folder.path + "/deep/out")
    try writeDataset("new", to: dataset)
    #expect(!folder.exists("deep/out"))
    try dataset.commit()
    #expect(try folder.names(in: "deep") == ["out"])
    #expect(try folder.names(in: "deep/out") == ["README.md", "manifest.json"])
    #expect(try folder.text(of: "deep/out/README.md") == "new")
  }

  @Test func aDatasetIsReplacedInOneStep() throws {
    let folder = try TemporaryFolder()
    try folder.write("old", to: "out/README.md")
    try folder.write(Self.manifest, to: "out/manifest.json")
    try folder.write("old", to: "out/data/train-00000-of-00001.jsonl")
    let dataset = try DatasetFolder(target: folder.path + "/out", overwrites: true)
    try writeDataset("new", to: dataset)
    #expect(try folder.text(of: "out/README.md") == "old")
    try dataset.commit()
    #expect(try folder.text(of: "out/README.md") == "new")
    #expect(!folder.exists("out/data"))
    #expect(try folder.names() == ["out"])
  }

  @Test func behindALinkTheDatasetIsReplacedAndNotTheLink() throws {
    let folder = try TemporaryFolder()
    try folder.write("old", to: "disk/real/README.md")
    try folder.write(Self.manifest, to: "disk/real/manifest.json")
    #expect(symlink("disk/real", folder.path + "/out") == 0)
    let dataset = try DatasetFolder(target: folder.path + "/out", overwrites: true)
    try writeDataset("new", to: dataset)
    try dataset.commit()
    #expect(try folder.text(of: "disk/real/README.md") == "new")
    #expect(try folder.text(of: "out/README.md") == "new")
    #expect(try folder.names(in: "disk") == ["real"])
  }

  /// What a dead run leaves: a folder of ours with our mark, which no process has locked.
  private func leaveWork(beside target: String, in folder: TemporaryFolder) throws -> String {
    let work = try WorkFolder(beside: folder.path + "/" + target)
    let name = FileSystem.name(of: work.path)
    try folder.write("half", to: name + "/new/data/x.jsonl")
    return name
  }

  /// Where folders cannot be exchanged in one step, a run may die between the two.
  @Test func aDatasetThatWasSetAsideGetsItsNameBack() throws {
    let folder = try TemporaryFolder()
    let dead = try leaveWork(beside: "out", in: folder)
    try folder.write("old", to: dead + "/old/README.md")
    try folder.write(Self.manifest, to: dead + "/old/manifest.json")
    let dataset = try DatasetFolder(target: folder.path + "/out", overwrites: true)
    #expect(try folder.text(of: "out/README.md") == "old")
    #expect(dataset.removeLitter().isEmpty)
    dataset.discard()
    #expect(try folder.names() == ["out"])
  }

  @Test func aDatasetInWhichSomethingWasPutIsNotReplaced() throws {
    let folder = try TemporaryFolder()
    for name in ["README.md", "manifest.json", "data/train-00000-of-00001.jsonl"] {
      try folder.write(Self.manifest, to: "out/\(name)")
    }
    try folder.write("theirs", to: "out/data/notes.txt")
    let failure = #expect(throws: EmitError.self) {
      _ = try DatasetFolder(target: folder.path + "/out", overwrites: true)
    }
    #expect(
      failure?.message
        == "the output folder holds data/notes.txt, which dpo-prep did not write, so it is not replaced"
    )
    #expect(try folder.names() == ["out"])
    #expect(try folder.text(of: "out/data/notes.txt") == "theirs")
  }

  @Test func foldersAboveThatWereMadeGoWithADiscardedDataset() throws {
    let folder = try TemporaryFolder()
    try folder.write("theirs", to: "a/notes.txt")
    let dataset = try DatasetFolder(target: folder.path + "/a/b/c/out", overwrites: true)
    dataset.discard()
    #expect(try folder.names(in: "a") == ["notes.txt"])
  }

  @Test func aLinkToNothingIsFollowedWhereItsFolderIsThere() throws {
    let folder = try TemporaryFolder()
    #expect(symlink("real", folder.path + "/out") == 0)
    #expect(symlink("disk/real", folder.path + "/lost") == 0)
    let dataset = try DatasetFolder(target: folder.path + "/out", overwrites: true)
    try writeDataset("new", to: dataset)
    try dataset.commit()
    #expect(try folder.text(of: "real/README.md") == "new")
    let failure = #expect(throws: EmitError.self) {
      _ = try DatasetFolder(target: folder.path + "/lost", overwrites: true)
    }
    #expect(failure?.message.hasSuffix("and the folder above that is not there") == true)
    #expect(try folder.names() == ["lost", "out", "real"])
  }

  @Test func ofTwoRunsIntoOneFolderTheLastOneWins() throws {
    let folder = try TemporaryFolder()
    let first = try DatasetFolder(target: folder.path + "/out", overwrites: true)
    let second = try DatasetFolder(target: folder.path + "/out", overwrites: true)
    try writeDataset("first", to: first)
    try writeDataset("second", to: second)
    try second.commit()
    try first.commit()
    #expect(try folder.text(of: "out/README.md") == "first")
    #expect(try folder.names() == ["out"])
  }

  @Test func discardingLeavesTheOldDataset() throws {
    let folder = try TemporaryFolder()
    try folder.write("old", to: "out/README.md")
    try folder.write(Self.manifest, to: "out/manifest.json")
    let dataset = try DatasetFolder(target: folder.path + "/out", overwrites: true)
    try writeDataset("new", to: dataset)
    dataset.discard()
    #expect(try folder.text(of: "out/README.md") == "old")
    #expect(try folder.names() == ["out"])
  }

  @Test(arguments: [
    (["README.md", "manifest.json"], false, "the output folder exists and is not empty"),
    (["README.md"], true, "the output folder holds no dataset of dpo-prep, so it is not replaced"),
    (
      ["manifest.json"], true,
      "the output folder holds no dataset of dpo-prep, so it is not replaced"
    ),
    (["thesis.tex"], true, "the output folder holds no dataset of dpo-prep, so it is not replaced"),
  ])
  func whatMustNotBeReplacedIsRefused(names: [String], overwrites: Bool, message: String) throws {
    let folder = try TemporaryFolder()
    for name in names { try folder.write(Self.manifest, to: "out/\(name)") }
    let failure = #expect(throws: EmitError.self) {
      _ = try DatasetFolder(target: folder.path + "/out", overwrites: overwrites)
    }
    #expect(failure?.code == .exists)
    #expect(failure?.message == message)
    #expect(try folder.names() == ["out"])
    #expect(try folder.names(in: "out") == names.sorted())
  }

  /// Web extensions and other datasets have a manifest, too.
  @Test func aManifestOfAnotherToolIsNoPermission() throws {
    let folder = try TemporaryFolder()
    try folder.write("theirs", to: "out/README.md")
    try folder.write("{\"name\": \"an extension\"}", to: "out/manifest.json")
    let failure = #expect(throws: EmitError.self) {
      _ = try DatasetFolder(target: folder.path + "/out", overwrites: true)
    }
    #expect(failure?.code == .exists)
    #expect(try folder.text(of: "out/README.md") == "theirs")
  }

  @Test func aTargetThatAppearsDuringTheRunIsNotReplaced() throws {
    let folder = try TemporaryFolder()
    let dataset = try DatasetFolder(target: folder.path + "/out", overwrites: false)
    try writeDataset("new", to: dataset)
    try folder.write("theirs", to: "out/README.md")
    try folder.write(Self.manifest, to: "out/manifest.json")
    let failure = #expect(throws: EmitError.self) { try dataset.commit() }
    #expect(failure?.code == .exists)
    #expect(try folder.text(of: "out/README.md") == "theirs")
  }

  @Test func litterOfTheDeadIsRemovedAndThatOfTheLivingIsNot() throws {
    let folder = try TemporaryFolder()
    let dead = try leaveWork(beside: "out", in: folder)
    let other = try leaveWork(beside: "outer", in: folder)
    let live = try WorkFolder(beside: folder.path + "/out")

    let first = try DatasetFolder(target: folder.path + "/out", overwrites: false)
    #expect(folder.exists(dead))
    // A second run to the same place lives beside the first.
    let second = try DatasetFolder(target: folder.path + "/out", overwrites: false)
    #expect(second.removeLitter().isEmpty)
    let names = Set(try folder.names())
    #expect(names.isSuperset(of: [other, FileSystem.name(of: live.path)]))
    #expect(!names.contains(dead))
    #expect(names.count == 4)
    first.discard()
    second.discard()
    live.remove()
  }

  /// Neither the name alone is enough nor the mark alone.
  @Test func whatOnlyLooksLikeLitterStays() throws {
    let folder = try TemporaryFolder()
    let dead = try leaveWork(beside: "out", in: folder)
    let mark = try folder.text(of: dead + "/" + WorkMark.name)
    try folder.write("precious", to: "out.partial-2024/notes.txt")
    try folder.write(mark, to: "out.partial-0123456789abcdef/" + WorkMark.name)
    let unmarked = FileSystem.name(of: WorkName(of: folder.path + "/out").path)
    try folder.write("precious", to: unmarked + "/notes.txt")
    let otherMark = FileSystem.name(of: WorkName(of: folder.path + "/out").path)
    try folder.write("of another program\n", to: otherMark + "/" + WorkMark.name)
    let begun = FileSystem.name(of: WorkName(of: folder.path + "/out").path)
    try folder.write(String(mark.prefix(9)), to: begun + "/" + WorkMark.name)
    let empty = WorkName(of: folder.path + "/out").path
    #expect(mkdir(empty, 0o777) == 0)

    let dataset = try DatasetFolder(target: folder.path + "/out", overwrites: false)
    #expect(dataset.removeLitter().isEmpty)
    dataset.discard()
    // What was begun or empty, under a name of ours, was not yet marked when its run died.
    #expect(
      try Set(folder.names())
        == ["out.partial-2024", "out.partial-0123456789abcdef", unmarked, otherMark])
  }
}
