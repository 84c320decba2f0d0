/// What `job` is given.
struct JobOptions: Equatable, Sendable {
  /// What `job` can do.
  enum Action: String, CaseIterable, Sendable {
    case initialize = "init"
    case measure, plan, extract, assemble, finish
    case all = "run"
    case status

    /// Whether the step is done for each input or output by itself.
    var isOfMany: Bool { self == .measure || self == .extract || self == .assemble }
  }

  /// Which of many tasks are done.
  enum Tasks: Equatable, Sendable {
    /// The one that the environment names, or else all of them.
    case automatic
    case one(Int)
    /// Those whose number leaves this remainder: the share of one of several workers.
    case share(rank: Int, count: Int)
  }

  var action = Action.status
  /// The configuration of a new job.
  var source = ConfigurationSource()
  /// The job's folder.
  var folder = ""
  var tasks = Tasks.automatic
  /// Where an input is on this machine, if not where the job has it.
  var inputCopy: String?
  /// How many processes work at the same time.
  var workers: Int?
  /// How many threads work in each of them.
  var threads: Int?
  var printsJSON = false
}
