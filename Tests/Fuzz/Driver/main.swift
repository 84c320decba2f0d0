// Runs one target over mutations of a corpus: scripts/fuzz.sh calls it.
//
// usage: dpo-prep-fuzz TARGET CORPUS SECONDS SEED FOLDER [grow]
//
// FOLDER/current holds the input that is being run, so it is there when the process ends by a
// signal. An input with an outcome that none had before joins the pool, and with `grow` the corpus.
import Glibc

func fail(_ message: String) -> Never {
  print(message)
  exit(64)
}

let arguments = CommandLine.arguments
guard arguments.count >= 6, let target = FuzzTarget(rawValue: arguments[1]),
  let seconds = Double(arguments[3]), let seed = UInt64(arguments[4])
else {
  let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
  fail("usage: dpo-prep-fuzz TARGET CORPUS SECONDS SEED FOLDER [grow]; targets: \(names)")
}
let (corpus, folder, grows) = (arguments[2], arguments[5], arguments.count > 6)
var pool = try Files.names(in: corpus).map { try Files.read(corpus + "/" + $0) }
guard !pool.isEmpty else { fail("\(corpus): no inputs to begin with") }

var mutator = Mutator(seed: seed)
var outcomes: [String: Int] = [:]
var (executions, kept) = (0, 0)
let began = ContinuousClock.now
while ContinuousClock.now - began < .seconds(seconds) {
  // The corpus itself comes first.
  let input =
    executions < pool.count
    ? pool[executions]
    : mutator.mutated(pool[mutator.below(pool.count)], with: pool[mutator.below(pool.count)])
  try Files.write(input, to: folder + "/current")
  let outcome = target.run(input, in: folder)
  executions += 1
  let isNew = outcomes[outcome] == nil && executions > pool.count && input.count < 16 << 10
  if isNew, pool.count < 1 << 14 {
    pool.append(input)
    if grows {
      kept += 1
      try Files.write(input, to: "\(corpus)/found-\(seed)-\(kept)")
    }
  }
  outcomes[outcome, default: 0] += 1
}
print("\(target.rawValue): \(executions) executions, \(outcomes.count) outcomes, \(kept) kept")
