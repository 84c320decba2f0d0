package import JSON
internal import Job
internal import Records

extension JobStatus {
  /// For programs.
  package var document: JSONValue {
    [
      "job": .string(digest), "output": .string(output),
      "inputs": .list(
        inputs.enumerated().map { index, input in
          [
            "index": .integer(index), "path": .string(input.path),
            "measured": .bool(input.measured.isDone), "extracted": .bool(input.extracted.isDone),
            "failure": input.measured.failure ?? input.extracted.failure ?? .null,
          ]
        }),
      "planned": .bool(plan.isDone), "plan_failure": plan.failure ?? .null,
      "outputs": outputs.map { outputs in
        .list(
          outputs.enumerated().map { index, output in
            [
              "index": .integer(index), "path": .string(output.path),
              "assembled": .bool(output.assembled.isDone),
              "failure": output.assembled.failure ?? .null,
            ]
          })
      } ?? .null,
      "finished": .bool(finished.isDone), "finish_failure": finished.failure ?? .null,
    ]
  }

  /// For people: a line for each step, then what failed.
  package var text: String {
    func line(_ step: String, _ states: [State]) -> String {
      let done = states.count { $0.isDone }
      return "\(step)\(String(repeating: " ", count: 10 - step.count))\(done) of \(states.count)"
        + " done\n"
    }
    var text =
      line("measure", inputs.map(\.measured)) + line("plan", [plan])
      + line("extract", inputs.map(\.extracted))
    text += outputs.map { line("assemble", $0.map(\.assembled)) } ?? "assemble  not planned yet\n"
    text += line("finish", [finished])
    var failures: [(task: String, state: State)] = []
    for (index, input) in inputs.enumerated() {
      failures.append(("measure \(index) (\(input.path))", input.measured))
    }
    failures.append(("plan", plan))
    for (index, input) in inputs.enumerated() {
      failures.append(("extract \(index) (\(input.path))", input.extracted))
    }
    for (index, output) in (outputs ?? []).enumerated() {
      failures.append(("assemble \(index) (\(output.path))", output.assembled))
    }
    failures.append(("finish", finished))
    for (task, state) in failures {
      guard let message = state.failure?.text("message") else { continue }
      text += "failed: \(task): \(message)\n"
    }
    return text
  }
}
