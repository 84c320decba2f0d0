internal import CLinux

/// The processors of this machine.
package enum Processors {
  /// How many of them this process may use, at least one.
  package static var count: Int { max(1, Int(usable_processor_count())) }
}
