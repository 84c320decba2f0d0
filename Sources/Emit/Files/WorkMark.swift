internal import Records

/// The file by which a folder is known for one that this program writes to.
struct WorkMark: Equatable {
  /// What holds the folder's lock; nil where the file system has none.
  var lock: FileLock?
  var owner: Owner?

  /// The file's name in the folder.
  static let name = Manifest.workMark

  private static let head = "dpo-prep writes here until it is done; the next run removes this\n"
  private static let none = "none"
  /// More than any mark has.
  static let byteCount = 4096

  var text: String {
    var text = Self.head + "lock \(lock?.rawValue ?? Self.none)\n"
    if let owner {
      text += "machine \(owner.machine)\nprocess \(owner.process)\nstart \(owner.start)\n"
    }
    return text
  }

  init(lock: FileLock?, owner: Owner?) {
    self.lock = lock
    self.owner = owner
  }

  /// Reads a mark; nil for any other text.
  init?(_ bytes: [UInt8]) {
    guard let text = String(validating: bytes, as: UTF8.self), text.hasPrefix(Self.head),
      text.hasSuffix("\n")
    else { return nil }
    var values: [Substring: Substring] = [:]
    for line in text.dropFirst(Self.head.count).split(separator: "\n") {
      guard let space = line.firstIndex(of: " ") else { return nil }
      values[line[..<space]] = line[line.index(after: space)...]
    }
    guard let lock = values["lock"] else { return nil }
    self.lock = FileLock(rawValue: String(lock))
    guard self.lock != nil || lock == Self.none else { return nil }
    if let machine = values["machine"], let start = values["start"],
      let process = values["process"].flatMap({ Int32($0) })
    {
      owner = Owner(machine: String(machine), process: process, start: String(start))
    }
  }

  /// Whether the bytes are the beginning of a mark that did not get further.
  static func isBegun(_ bytes: [UInt8]) -> Bool {
    Array(head.utf8).starts(with: bytes) || WorkMark(bytes) == nil && bytes.starts(with: head.utf8)
  }
}
