internal import Ingest
package import JSON
internal import Records
internal import Settings

/// What is done of a job.
package struct JobStatus: Sendable {
  /// Of a task.
  package enum State: Sendable {
    case done
    case missing
    /// It was tried last with this error.
    case failed(JSONValue)

    package var isDone: Bool { if case .done = self { true } else { false } }

    /// The error of a task that failed; nil for all others.
    package var failure: JSONValue? { if case .failed(let error) = self { error } else { nil } }
  }

  package var digest: String
  /// The dataset's folder.
  package var output: String
  package var inputs: [(path: String, measured: State, extracted: State)]
  package var plan: State
  /// Nil before the plan, which decides how many files there are.
  package var outputs: [(path: String, assembled: State)]?
  package var finished: State
}

extension JobWorker {
  /// What is done of the job.
  ///
  /// - Throws: ``JobError`` where something is of another job.
  package func status() throws -> JobStatus {
    let plan = try receipt(of: .plan)
    return JobStatus(
      digest: job.digest, output: configuration.output.dir,
      inputs: try job.inputs.enumerated().map { index, input in
        (
          path: input.displayName, measured: try state(of: .measure(input: index)),
          extracted: try state(of: .extract(input: index))
        )
      },
      plan: try state(of: .plan),
      outputs: try plan?.list("outputs", \.text)?.enumerated().map { index, path in
        (
          path: String(decoding: path, as: UTF8.self),
          assembled: try state(of: .assemble(output: index))
        )
      },
      finished: try state(of: .finish))
  }

  /// How many data files the dataset has.
  ///
  /// - Throws: ``JobError`` where there is no plan yet.
  package func outputCount() throws -> Int {
    try required(.plan).list("outputs", \.text)?.count ?? 0
  }

  private func state(of task: JobTask) throws -> JobStatus.State {
    if try receipt(of: task) != nil { return .done }
    let path = folder.failure(task)
    guard FileDigest.exists(path), let failure = try? JSONFile.read(path) else { return .missing }
    return .failed(failure)
  }
}
