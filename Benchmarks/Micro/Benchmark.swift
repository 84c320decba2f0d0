internal import Foundation

/// Something whose speed is measured.
struct Benchmark {
  /// What is counted per second.
  enum Unit: String, Codable {
    case bytes, candidates
  }

  var name: String
  var amount: Int
  var unit: Unit
  /// Does the work once.
  var run: () throws -> Void

  /// One run of it.
  struct Sample: Codable {
    /// Wall time in seconds.
    var wall: Double
    /// Processor time of all threads in seconds.
    var cpu: Double
  }

  /// All runs of it.
  struct Measurement: Codable {
    var name: String
    var amount: Int
    var unit: Unit
    var samples: [Sample]

    var fastest: Double { samples.map(\.wall).min() ?? .nan }

    var median: Double {
      let sorted = samples.map(\.wall).sorted()
      guard !sorted.isEmpty else { return .nan }
      return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }

    /// One line for people.
    var summary: String {
      let rate = Double(amount) / median / 1e6
      let unit = unit == .bytes ? "MB/s" : "million/s"
      return String(
        format: "%@: %.4f s median, %.4f s least, %.1f %@", name, median, fastest, rate, unit)
    }
  }

  /// Runs benchmarks in turns, so that a slow moment of the machine falls on all of them.
  static func measure(_ benchmarks: [Benchmark], repetitions: Int) throws -> [Measurement] {
    var measurements = benchmarks.map {
      Measurement(name: $0.name, amount: $0.amount, unit: $0.unit, samples: [])
    }
    for _ in 0..<repetitions {
      for (index, benchmark) in benchmarks.enumerated() {
        measurements[index].samples.append(try sample(benchmark.run))
      }
    }
    return measurements
  }

  private static func sample(_ body: () throws -> Void) rethrows -> Sample {
    let cpu = processorSeconds()
    let clock = ContinuousClock()
    let wall = try clock.measure(body)
    return Sample(
      wall: Double(wall.components.seconds) + Double(wall.components.attoseconds) * 1e-18,
      cpu: processorSeconds() - cpu)
  }

  private static func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
