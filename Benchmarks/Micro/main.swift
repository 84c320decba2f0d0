// Measures the inner parts of dpo-prep on made-up data. scripts/bench.sh runs it with the rest.
internal import Foundation

do {
  let options = try Options(arguments: CommandLine.arguments.dropFirst())
  if let folder = options.exportFolder {
    try Benchmarks.Population(candidateCount: 300_000).export(to: folder)
  } else {
    let folder = "\(options.memoryFolder)/dpo-prep-bench-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let benchmarks = try Benchmarks.all(options, in: folder)
    let measurements = try Benchmark.measure(benchmarks, repetitions: options.repetitions)
    if options.printsJSON {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      print(String(decoding: try encoder.encode(measurements), as: UTF8.self))
    } else {
      for measurement in measurements { print(measurement.summary) }
    }
  }
} catch let mistake as Options.Mistake {
  FileHandle.standardError.write(Data("error: \(mistake.message)\n\(Options.usage)\n".utf8))
  exit(64)
}
