internal import Glibc
internal import Ingest
internal import JSON

/// Where the files of a job are.
///
/// What a step makes has a receipt, a JSON file that is written last. A receipt with the job's
/// digest is the only thing that says that a step is done.
package struct JobFolder: Sendable {
  /// Absolute, so that it means the same wherever a step goes.
  package let path: String

  package init(_ path: String) {
    self.path = path.hasPrefix("/") ? path : "\(PublishedPath.folder)/\(path)"
  }

  /// What the job is.
  package var description: String { "\(path)/\(Self.descriptionName)" }
  package static let descriptionName = "job.json"

  /// The columns of an input, and what else was measured of it.
  func columns(_ input: Int) -> String { "\(path)/columns/\(Self.number(input)).parquet" }
  func columnsReceipt(_ input: Int) -> String { "\(path)/columns/\(Self.number(input)).json" }

  /// What was decided.
  var plan: String { "\(path)/plan/plan.json" }
  /// Files of the dataset that are made with the plan.
  var planned: String { "\(path)/plan/dataset" }
  var curve: String { "\(planned)/curve.json" }
  /// Which texts of an input are wanted.
  func wanted(_ input: Int) -> String { "\(path)/plan/inputs/\(Self.number(input)).parquet" }
  /// The rows of a data file, but for their texts.
  func rows(_ output: Int) -> String { "\(path)/plan/outputs/\(Self.number(output)).parquet" }

  /// The wanted texts of an input.
  func texts(_ input: Int) -> String { "\(path)/texts/\(Self.number(input)).blocks" }
  func textsReceipt(_ input: Int) -> String { "\(path)/texts/\(Self.number(input)).json" }

  /// The finished data files, under their names in the dataset.
  var outputs: String { "\(path)/outputs" }
  func outputReceipt(_ output: Int) -> String {
    "\(outputs)/receipts/\(Self.number(output)).json"
  }

  /// Says that the dataset is where it should be.
  var finished: String { "\(path)/finished.json" }

  /// The last error of a task; gone once the task is done.
  func failure(_ task: JobTask) -> String { "\(path)/failures/\(task.name).json" }

  /// Five digits at least, so that names are in the order of numbers.
  private static func number(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
  }
}
