// Measures the inner parts of dpo-prep on made-up data. scripts/bench.sh runs it with the rest.
internal import Foundation

let usage = """
  usage: dpo-prep-bench [--reps N] [--json] [--only scan,length,lowess,write] [--large]
                        [--export FOLDER] [--memory FOLDER]

    --reps N          how often each is run, in turns (default 5)
    --json            one JSON object on standard output instead of a table
    --only A,B        some of the groups
    --large           also LOWESS on 30 million candidates, which needs 1 GB
    --export FOLDER   writes the numbers and the fit of the smallest LOWESS, and measures nothing
    --memory FOLDER   where files go that should cost no disk (default /dev/shm)

  """

func stop(_ message: String) -> Never {
  FileHandle.standardError.write(Data("error: \(message)\n\(usage)".utf8))
  exit(64)
}

var repetitions = 5
var printsJSON = false
var isLarge = false
var groups = ["scan", "length", "lowess", "write"]
var exportFolder: String?
var memoryFolder = "/dev/shm"

var arguments = CommandLine.arguments.dropFirst()
while let argument = arguments.popFirst() {
  func value() -> String {
    guard let value = arguments.popFirst() else { stop("\(argument) needs a value") }
    return value
  }
  switch argument {
  case "--reps":
    guard let count = Int(value()), count > 0 else { stop("--reps needs a positive number") }
    repetitions = count
  case "--json": printsJSON = true
  case "--large": isLarge = true
  case "--only": groups = value().split(separator: ",").map(String.init)
  case "--export": exportFolder = value()
  case "--memory": memoryFolder = value()
  default: stop("unknown argument '\(argument)'")
  }
}

if let exportFolder {
  try Benchmarks.Population(candidateCount: 300_000).export(to: exportFolder)
  exit(0)
}

let folder = "\(memoryFolder)/dpo-prep-bench-\(UUID().uuidString)"
try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(atPath: folder) }

var benchmarks: [Benchmark] = []
for group in groups {
  switch group {
  case "scan": benchmarks += try Benchmarks.scanner(in: folder)
  case "length": benchmarks += Benchmarks.lengthCounter()
  case "lowess":
    for count in [300_000, 3_000_000] + (isLarge ? [30_000_000] : []) {
      benchmarks.append(Benchmarks.lowess(.init(candidateCount: count)))
    }
  case "write": benchmarks += try Benchmarks.writer(in: folder)
  default: stop("unknown group '\(group)'")
  }
}
let measurements = try Benchmark.measure(benchmarks, repetitions: repetitions)

if printsJSON {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
  print(String(decoding: try encoder.encode(measurements), as: UTF8.self))
} else {
  for measurement in measurements {
    let rate = Double(measurement.amount) / measurement.median / 1e6
    let unit = measurement.unit == .bytes ? "MB/s" : "million/s"
    print(
      String(
        format: "%@: %.4f s median, %.4f s least, %.0f %@", measurement.name, measurement.median,
        measurement.fastest, rate, unit))
  }
}
