internal import Hashing

/// The name of a folder that something is made in: `NAME.partial-` and 16 digits, of which the last
/// eight follow from the rest, so that no other program gives such a name by chance.
struct WorkName {
  let path: String

  static let infix = ".partial-"
  private static let digitCount = 8
  /// The longest name that file systems take, in bytes.
  private static let limit = 255

  /// A new name beside a target.
  init(of target: String) {
    let digits = Self.digits(UInt32.random(in: 0...UInt32.max))
    path = Self.start(target) + digits + Self.check(digits, FileSystem.name(of: target))
  }

  /// A name in the folder of a target; nil for those that no work on it can have.
  init?(_ name: String, of target: String) {
    let start = FileSystem.name(of: Self.start(target))
    guard name.hasPrefix(start) else { return nil }
    let rest = name.dropFirst(start.count)
    let digits = String(rest.prefix(Self.digitCount))
    guard digits.utf8.count == Self.digitCount,
      rest.dropFirst(Self.digitCount) == Self.check(digits, FileSystem.name(of: target))
    else { return nil }
    path = FileSystem.sibling(name, of: target)
  }

  /// The path but for its digits; a name that leaves no room for them is cut.
  private static func start(_ target: String) -> String {
    let room = limit - infix.utf8.count - 2 * digitCount
    var name = FileSystem.name(of: target)
    while name.utf8.count > room { name.removeLast() }
    return FileSystem.sibling(name + infix, of: target)
  }

  private static func check(_ digits: String, _ name: String) -> String {
    let fingerprint = Fingerprint.of(Array("\(digits) \(name)".utf8).span.bytes)
    return Self.digits(UInt32(truncatingIfNeeded: fingerprint))
  }

  private static func digits(_ number: UInt32) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: digitCount - text.count) + text
  }
}
