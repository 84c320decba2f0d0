import Glibc
import Records
import Testing

@testable import Emit

/// One idea of a place for results: files are replaced whole, devices written to, the rest refused.
@Suite struct OutputPathTests {
  @discardableResult
  private func write(_ text: String, to path: String) throws -> [Diagnostic] {
    try OutputPath(path).write(Array(text.utf8))
  }

  @Test func aFileIsReplacedWholeAndKeepsItsRights() throws {
    let folder = try TemporaryFolder()
    try folder.write("one", to: "curve.json")
    try folder.write("precious", to: "curve.json.partial/f")
    #expect(chmod(folder.path + "/curve.json", 0o640) == 0)
    #expect(link(folder.path + "/curve.json", folder.path + "/hard.json") == 0)
    try write("two", to: folder.path + "/curve.json")
    #expect(try folder.names() == ["curve.json", "curve.json.partial", "hard.json"])
    #expect(try folder.text(of: "curve.json") == "two")
    #expect(try folder.text(of: "hard.json") == "one")
    var status = stat()
    #expect(stat(folder.path + "/curve.json", &status) == 0)
    #expect(status.st_mode & 0o777 == 0o640)
  }

  @Test func litterOfADeadWriterGoesWithTheNext() throws {
    let folder = try TemporaryFolder()
    _ = try WorkFolder(beside: folder.path + "/curve.json")
    #expect(try folder.names().count == 1)
    try write("one", to: folder.path + "/curve.json")
    #expect(try folder.names() == ["curve.json"])
  }

  @Test func linksAreFollowed() throws {
    let folder = try TemporaryFolder()
    try folder.write("old", to: "disk/real.json")
    for (link, target) in [("a", "b"), ("b", "disk/real.json"), ("new", "disk/new.json")] {
      #expect(symlink(target, folder.path + "/" + link) == 0)
    }
    try write("text", to: folder.path + "/a")
    try write("other", to: folder.path + "/new")
    #expect(try folder.names() == ["a", "b", "disk", "new"])
    #expect(try folder.names(in: "disk") == ["new.json", "real.json"])
    #expect(try folder.text(of: "disk/real.json") == "text")
    #expect(try folder.text(of: "disk/new.json") == "other")
    #expect(FileSystem.linkText(of: folder.path + "/a") == "b")
  }

  @Test func anOpenDescriptorIsWrittenTo() throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/opened"
    let descriptor = open(file, O_RDWR | O_CREAT, 0o666)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    #expect(symlink("/dev/fd/\(descriptor)", folder.path + "/link") == 0)
    for path in ["/dev/fd/\(descriptor)", "/proc/self/fd/\(descriptor)", folder.path + "/link"] {
      try write("text ", to: path)
    }
    #expect(try folder.text(of: "opened") == "text text text ")
    #expect(try OutputPath("-").isStandardOutput && OutputPath("/dev/stdout").isStandardOutput)
  }

  @Test func aFIFOIsWrittenTo() throws {
    let folder = try TemporaryFolder()
    #expect(mkfifo(folder.path + "/fifo", 0o666) == 0)
    let reader = open(folder.path + "/fifo", O_RDONLY | O_NONBLOCK)
    try #require(reader >= 0)
    defer { close(reader) }
    try write("text", to: folder.path + "/fifo")
    var bytes = [UInt8](repeating: 0, count: 8)
    #expect(read(reader, &bytes, bytes.count) == 4)
    #expect(FileSystem.kind(folder.path + "/fifo") == .other)
    #expect(try folder.names() == ["fifo"])
  }

  /// Paths in the folder that is prepared, and what is said of them.
  static let refused: [(path: String, message: String)] = [
    ("", "expected a file, found a folder"),
    ("folder", "expected a file, found a folder"),
    ("folder/", "expected a file, found a folder"),
    ("new/", "expected a file, found the name of a folder"),
    ("socket", "expected a file, found a socket"),
    ("no/file", "cannot create the file: no such file or directory"),
    ("file/below", "cannot write to this path: not a directory"),
    ("loop", "cannot follow the link: too many levels of symbolic links"),
    ("lost", "cannot create the file: no such file or directory"),
    ("config", "this is the configuration, which is not overwritten"),
    ("hard", "this is the configuration, which is not overwritten"),
    (
      "out/data/rows.parquet",
      "this is in the folder of the dataset …"
    ),
    (
      "out/report.html",
      "this is in the folder of the dataset …"
    ),
    ("$HOME/x", "this path is not created"),
    ("a${B}", "this path is not created"),
    ("s3://bucket/x", "this path is not created"),
  ]

  @Test(arguments: refused)
  func whatCannotBeAFileIsRefused(path: String, message: String) throws {
    let folder = try TemporaryFolder()
    for name in ["file", "folder/x", "config", "out/data/rows.parquet", "out/report.html"] {
      try folder.write("old", to: name)
    }
    try folder.write(
      "{\"tool\": \"dpo-prep\", \"outputs\": [{\"path\": \"data/rows.parquet\", \"sha256\": \"\"}]}",
      to: "out/manifest.json")
    for (link, target) in [("loop", "loop"), ("lost", "gone/file")] {
      #expect(symlink(target, folder.path + "/" + link) == 0)
    }
    #expect(link(folder.path + "/config", folder.path + "/hard") == 0)
    #expect(mknod(folder.path + "/socket", S_IFSOCK | 0o666, 0) == 0)
    let names = try folder.names()
    let failure = #expect(throws: EmitError.self) {
      _ = try OutputPath(
        folder.path + "/" + path,
        sparing: [OutputPath.Source(folder.path + "/config", role: "the configuration")])
    }
    // The rest is where the folder is.
    let found = try #require(failure?.message)
    #expect(message.last == "…" ? found.hasPrefix(message.dropLast()) : found == message)
    #expect(failure?.category == .cannotCreate)
    #expect(try folder.names() == names)
  }

  @Test func twoNamesOfOnePlaceAreTheSame() throws {
    let folder = try TemporaryFolder()
    try folder.write("old", to: "file")
    #expect(symlink("new", folder.path + "/link") == 0)
    func areSame(_ path: String, _ other: String) throws -> Bool {
      try OutputPath(path).isSame(as: OutputPath(other))
    }
    #expect(try areSame(folder.path + "/file", folder.path + "/./file"))
    #expect(try areSame(folder.path + "/link", folder.path + "/new"))
    #expect(try areSame("-", "/dev/stdout"))
    #expect(try !areSame(folder.path + "/file", folder.path + "/new"))
  }
}
