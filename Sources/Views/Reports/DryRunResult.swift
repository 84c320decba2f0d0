internal import Emit
package import JSON
package import Job
internal import Records
internal import Settings
internal import Terminal

/// What is printed about a run that stops before it writes.
package struct DryRunResult {
  package let plan: DatasetPlan
  package let timings: [(stage: String, seconds: Double)]

  package init(plan: DatasetPlan, timings: [(stage: String, seconds: Double)]) {
    self.plan = plan
    self.timings = timings
  }

  /// For people: what a run tells, and the files that it would write.
  ///
  /// - Parameter width: the cells that a line may take; nil for any.
  package func text(width: Int?) -> String {
    let result = plan.result
    var files = TextTable([.name, .figure])
    for output in plan.layout.outputs {
      files.add(output.path, Quantity.count(output.rows, "row"))
    }
    let folder = result.configuration.output.dir
    return """
      dry run: \(folder.isEmpty ? "a dataset" : folder) of \(Quantity.count(result.ledger.pairs)) \
      pairs (\(result.splits(plan.layout)))

      \(files.text(width: width))
      \(result.figures(width: width))Nothing was written; \(RunResult.time(timings)).

      """
  }

  /// For programs: what `--json` prints of a run, and the files that it would write.
  package var document: JSONValue {
    .object(
      RunDocuments(plan).summaryMembers(plan.layout.tables, timings) + [
        .init(name: "dry_run", value: .bool(true)),
        .init(
          name: "files",
          value: .list(
            plan.layout.outputs.map { ["path": .string($0.path), "rows": .integer($0.rows)] })),
      ])
  }
}
