import Glibc
import Records
import Testing

@testable import Emit

@Suite struct DatasetFolderTests {
  /// What a folder holds that is one of our datasets.
  private static let manifest = "{\n  \"tool\": \"dpo-prep\"\n}\n"

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

  /// Where folders cannot be exchanged in one step, a run may die between the two.
  @Test func aDatasetThatWasSetAsideGetsItsNameBack() throws {
    let folder = try TemporaryFolder()
    try folder.write("old", to: "out.dpo-prep-replaced/README.md")
    try folder.write(Self.manifest, to: "out.dpo-prep-replaced/manifest.json")
    let dataset = try DatasetFolder(target: folder.path + "/out", overwrites: true)
    #expect(try folder.text(of: "out/README.md") == "old")
    dataset.discard()
    #expect(try folder.names() == ["out"])
  }

  @Test func aReplacedDatasetIsRemovedWhenTheNewOneIsThere() throws {
    let folder = try TemporaryFolder()
    try folder.write("old", to: "out.dpo-prep-replaced/README.md")
    try folder.write("new", to: "out/README.md")
    try folder.write(Self.manifest, to: "out/manifest.json")
    let dataset = try DatasetFolder(target: folder.path + "/out", overwrites: true)
    dataset.discard()
    #expect(try folder.names() == ["out"])
    #expect(try folder.text(of: "out/README.md") == "new")
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
    try folder.write("half", to: "out.partial-dead/data/x.jsonl")
    try folder.write("half", to: "out.partial-live/data/x.jsonl")
    try folder.write("other", to: "outer.partial-x/README.md")
    let descriptor = open(folder.path + "/out.partial-live", O_RDONLY | O_DIRECTORY)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    try #require(flock(descriptor, LOCK_EX | LOCK_NB) == 0)

    let first = try DatasetFolder(target: folder.path + "/out", overwrites: false)
    // A second run to the same place lives beside the first.
    let second = try DatasetFolder(target: folder.path + "/out", overwrites: false)
    #expect(first.path != second.path)
    let names = Set(try folder.names())
    #expect(names.contains("out.partial-live") && names.contains("outer.partial-x"))
    #expect(!names.contains("out.partial-dead"))
    #expect(names.count == 4)
    first.discard()
    second.discard()
  }

  @Test func aSmallFileIsReplacedWhole() throws {
    let folder = try TemporaryFolder()
    try folder.write("litter", to: "curve.json.partial")
    try SmallFile.replace(Array("one".utf8), at: folder.path + "/curve.json")
    try SmallFile.replace(Array("two".utf8), at: folder.path + "/curve.json")
    #expect(try folder.names() == ["curve.json"])
    #expect(try folder.text(of: "curve.json") == "two")
  }
}
