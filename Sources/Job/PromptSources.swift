package import Records

/// Where prompts come from, by a field that passes through to the dataset.
package struct PromptSources {
  /// The field's name in the dataset.
  package let name: String
  private let field: Int
  /// For each prompt the number of its source, `none` where it is not known.
  private var codes: [UInt32]
  package private(set) var names: [String] = []
  private var codeOfName: [[UInt8]: UInt32] = [:]

  private static let none = UInt32.max
  /// Columns that say where a prompt comes from, in the order of preference.
  private static let usualNames = ["source", "dataset"]
  /// More sources than this are no grouping.
  private static let mostNames = 1000

  /// - Parameter fields: The names of the fields that pass through; nil unless one is a source.
  package init?(fields: [String], promptCount: Int) {
    guard let name = Self.usualNames.first(where: fields.contains),
      let field = fields.firstIndex(of: name)
    else { return nil }
    self.name = name
    self.field = field
    codes = Array(repeating: Self.none, count: promptCount)
  }

  package mutating func add(_ prompt: Prompt, number: Int) {
    guard case .text(let source) = prompt.kept[field] else { return }
    if let code = codeOfName[source] {
      codes[number] = code
    } else if names.count < Self.mostNames {
      codes[number] = UInt32(names.count)
      codeOfName[source] = UInt32(names.count)
      names.append(String(decoding: source, as: UTF8.self))
    }
  }

  /// The number of a prompt's source; nil where it is not known.
  package func code(of prompt: UInt32) -> Int? {
    let code = codes[Int(prompt)]
    return code == Self.none ? nil : Int(code)
  }
}
