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

  /// Whether a process of this machine that worked some seconds ago has ended since.
  ///
  /// One that started later has only the number of the one that is meant.
  static func hasEnded(_ process: Int32, after seconds: Double) -> Bool {
    if kill(process, 0) != 0, errno == ESRCH { return true }
    let fields = fields(of: process)
    // What has ended and is not taken note of yet still has its number.
    if let state = fields.first, state == "Z" || state == "X" { return true }
    guard fields.count > startField, let start = Double(fields[startField]) else { return false }
    var now = timespec()
    clock_gettime(CLOCK_BOOTTIME, &now)
    let age = Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9 - start / Double(sysconf(ticks))
    // Clocks that are set by a little do no harm.
    return age + 2 < seconds
  }

  private static var currentMachine: String? {
    let boot = FileSystem.head(of: "/proc/sys/kernel/random/boot_id", count: 64)
      .filter { $0 > UInt8(ascii: " ") }
    guard !boot.isEmpty, let space = FileSystem.linkText(of: "/proc/self/ns/pid") else {
      return nil
    }
    return String(decoding: boot, as: UTF8.self) + "/" + space
  }

  private static func start(of process: Int32) -> String? {
    let fields = fields(of: process)
    return fields.count > startField ? fields[startField] : nil
  }

  /// What `/proc/PID/stat` tells behind the name, which may hold anything: from the third field on.
  private static func fields(of process: Int32) -> [String] {
    let text = FileSystem.head(of: "/proc/\(process)/stat", count: 4096)
    guard let end = text.lastIndex(of: UInt8(ascii: ")")) else { return [] }
    return text[(end + 1)...].split(separator: UInt8(ascii: " "))
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// When a process started, in ticks since the machine did: the 22nd field.
  private static let startField = 19
  private static let ticks = Int32(_SC_CLK_TCK)
}
