import Glibc
import Testing

@testable import Emit

/// How the next run tells a dead process from a living one.
@Suite struct WorkMarkTests {
  @Test(arguments: [FileLock.whole, .bytes, nil])
  func aMarkIsReadBack(lock: FileLock?) throws {
    let owner = try #require(Owner.current)
    let mark = WorkMark(lock: lock, owner: owner)
    #expect(WorkMark(Array(mark.text.utf8)) == mark)
    #expect(!WorkMark.isBegun(Array(mark.text.utf8)))
    for count in 0..<mark.text.utf8.count {
      let part = Array(mark.text.utf8.prefix(count))
      #expect(WorkMark.isBegun(part) || WorkMark(part) != nil)
    }
    #expect(WorkMark(Array("# notes\n".utf8)) == nil)
    #expect(!WorkMark.isBegun(Array("# notes\n".utf8)))
  }

  @Test func onlyADeadProcessOfThisMachineIsGone() throws {
    let current = try #require(Owner.current)
    #expect(!current.isGone)
    var other = current
    other.start = "1"
    #expect(other.isGone)
    other.machine = "elsewhere"
    #expect(!other.isGone)
    // The largest number of a process that Linux gives is below this.
    other = current
    other.process = 1 << 22 + 1
    #expect(other.isGone)
  }

  @Test(arguments: FileLock.allCases)
  func aLockIsTakenOnce(lock: FileLock) throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "file")
    func opened() -> Int32 { open(folder.path + "/file", O_RDWR) }
    let (first, second) = (opened(), opened())
    defer { close(second) }
    #expect(lock.take(first) == .locked)
    #expect(lock.take(second) == .taken)
    close(first)
    #expect(lock.take(second) == .locked)
    // Not every descriptor can be locked.
    #expect(lock.take(-1) == .unsupported)
  }

  @Test func aNameOfWorkIsKnownAgain() throws {
    for target in ["out", "/a/out", String(repeating: "\u{E9}", count: 120)] {
      let path = WorkName(of: target).path
      let name = FileSystem.name(of: path)
      #expect(name.utf8.count <= 255)
      #expect(WorkName(name, of: target)?.path == path)
      #expect(WorkName(name + "0", of: target) == nil)
      #expect(WorkName(name, of: target + "x") == nil)
    }
    #expect(WorkName("out.partial-2024", of: "out") == nil)
  }
}
