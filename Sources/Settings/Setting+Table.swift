extension Setting {
  /// Every setting, in the order of a configuration file; each part of it has a file of its own.
  package static let all: [Setting] =
    input + fields + calibration + filters + cleaning + pairs + split + output + run + report
}
