/// What the command line asks for.
struct Options {
  enum Group: String, CaseIterable {
    case read, scan, measure, length, lowess, write
  }

  struct Mistake: Error {
    var message: String
  }

  static let usage = """
    usage: dpo-prep-bench [--reps N] [--json] [--only GROUP,…] [--large] [--export FOLDER]
                          [--memory FOLDER]

      --reps N          how often each is run, in turns (default 5)
      --json            one JSON object on standard output instead of a table
      --only GROUP,…    some of: read, scan, measure, length, lowess, write
      --large           also LOWESS on 30 million candidates, which needs 1 GB
      --export FOLDER   writes the numbers and the fit of the smallest LOWESS, measures nothing
      --memory FOLDER   where files go that should cost no disk (default /dev/shm)
    """

  var repetitions = 5
  var printsJSON = false
  var isLarge = false
  var groups = Group.allCases
  var exportFolder: String?
  var memoryFolder = "/dev/shm"

  init(arguments: some Sequence<String>) throws(Mistake) {
    var rest = Array(arguments)[...]
    while let argument = rest.popFirst() {
      func value() throws(Mistake) -> String {
        guard let value = rest.popFirst() else {
          throw Mistake(message: "\(argument) needs a value")
        }
        return value
      }
      switch argument {
      case "--reps":
        guard let count = Int(try value()), count > 0 else {
          throw Mistake(message: "--reps needs a positive number")
        }
        repetitions = count
      case "--json": printsJSON = true
      case "--large": isLarge = true
      case "--only":
        groups = []
        for name in try value().split(separator: ",") {
          guard let group = Group(rawValue: String(name)) else {
            throw Mistake(message: "there is no group '\(name)'")
          }
          groups.append(group)
        }
      case "--export": exportFolder = try value()
      case "--memory": memoryFolder = try value()
      default: throw Mistake(message: "unknown argument '\(argument)'")
      }
    }
  }
}
