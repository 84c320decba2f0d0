internal import Glibc

/// The process that writes to a folder, told so that others can see whether it still lives.
struct Owner: Equatable {
  /// This start of this machine, and the numbering of processes that `process` belongs to.
  var machine: String
  var process: Int32
  /// When the process started, as numbers of processes are used again.
  var start: String

  /// This process; nil where the system does not tell.
  static var current: Owner? {
    let process = getpid()
    guard let machine = currentMachine, let start = start(of: process) else { return nil }
    return Owner(machine: machine, process: process, start: start)
  }

  /// Whether the process is known to have ended: nothing is known of other machines.
  var isGone: Bool {
    guard let machine = Self.currentMachine, machine == self.machine else { return false }
    if kill(process, 0) != 0 { return errno == ESRCH }
    guard let start = Self.start(of: process) else { return false }
    return start != self.start
  }

  private static var currentMachine: String? {
    let boot = FileSystem.head(of: "/proc/sys/kernel/random/boot_id", count: 64)
      .filter { $0 > UInt8(ascii: " ") }
    guard !boot.isEmpty, let space = FileSystem.linkText(of: "/proc/self/ns/pid") else {
      return nil
    }
    return String(decoding: boot, as: UTF8.self) + "/" + space
  }

  /// The 22nd field of `/proc/PID/stat`, counted from behind the name, which may hold anything.
  private static func start(of process: Int32) -> String? {
    let text = FileSystem.head(of: "/proc/\(process)/stat", count: 4096)
    guard let end = text.lastIndex(of: UInt8(ascii: ")")) else { return nil }
    let fields = text[(end + 1)...].split(separator: UInt8(ascii: " "))
    guard fields.count > 19 else { return nil }
    return String(decoding: fields[19], as: UTF8.self)
  }
}
