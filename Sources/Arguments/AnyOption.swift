/// An option whatever it sets: how it is written, and what the help says of it.
package protocol AnyOption: Sendable {
  /// The long name, without dashes.
  var long: String { get }
  var short: Character? { get }
  /// What the help calls the value, such as `FILE`; nil for an option without one.
  var valueName: String? { get }
  var help: String { get }
  /// The words that the value can be; empty where it is anything.
  var words: [String] { get }
}

extension AnyOption {
  /// The name as an error message writes it.
  package var name: String { "--\(long)" }
}

extension AnyOption {
  /// Whether an argument is this option, with a value behind an equals sign or without.
  func isNamed(in argument: String) -> Bool {
    let typed = argument.prefix { $0 != "=" }
    return typed == name || short.map { typed == "-\($0)" } == true
  }

  /// `-o, --out FILE`; names without a short form are indented to stand below the long ones.
  package var label: String {
    (short.map { "-\($0), " } ?? "    ") + name + (valueName.map { " \($0)" } ?? "")
  }
}
