/// A part of a job that one process does.
package enum JobTask: Hashable, Sendable {
  case measure(input: Int)
  case plan
  case extract(input: Int)
  case assemble(output: Int)
  case finish

  /// The step's name, as the command line has it.
  package var step: String {
    switch self {
    case .measure: "measure"
    case .plan: "plan"
    case .extract: "extract"
    case .assemble: "assemble"
    case .finish: "finish"
    }
  }

  /// The number of its input or output; nil for steps that are done once.
  package var index: Int? {
    switch self {
    case .measure(let index), .extract(let index), .assemble(let index): index
    case .plan, .finish: nil
    }
  }

  /// In words, as on the command line.
  package var name: String { index.map { "\(step)-\($0)" } ?? step }
}
