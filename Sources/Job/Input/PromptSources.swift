internal import Columns
package import Records
package import Scan
package import Settings

/// Where prompts come from, by a field that passes through to the dataset.
package struct PromptSources {
  /// The field's name in the dataset.
  package let name: String
  /// In the order of the first pairs of their prompts.
  package private(set) var names: [String] = []
  /// For each prompt with a pair the number of its source, `none` where it is not known.
  private var codes: [UInt32]

  private static let none = UInt32.max
  /// More sources than this are no grouping.
  private static let mostNames = 1000

  /// - Parameters:
  ///   - output: What passes through; nil unless a source does.
  ///   - plans: The pairs of the dataset, in its order.
  package init?(_ output: Configuration.Output, table: CandidateTable, plans: [PairPlan]) {
    guard let field = output.sourceField else { return nil }
    name = output.keptFields[field].name
    codes = Array(repeating: Self.none, count: table.promptCount)
    var numbers: [UInt32: UInt32] = [:]
    for plan in plans {
      let code = table.sources.code(of: Int(plan.prompt))
      guard code != NameColumn.none else { continue }
      if let number = numbers[code] {
        codes[Int(plan.prompt)] = number
      } else if names.count < Self.mostNames {
        let number = UInt32(names.count)
        numbers[code] = number
        codes[Int(plan.prompt)] = number
        names.append(String(decoding: table.sources.names[Int(code)], as: UTF8.self))
      }
    }
  }

  /// The number of a prompt's source; nil where it is not known.
  package func code(of prompt: UInt32) -> Int? {
    let code = codes[Int(prompt)]
    return code == Self.none ? nil : Int(code)
  }
}
