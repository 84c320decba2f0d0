internal import Calibrate
internal import Foundation

extension Benchmarks {
  /// Candidates to fit: lengths as levels and codes, and rewards.
  struct Population {
    var levels: [Double] = []
    var codes: [UInt32] = []
    var rewards: [Double] = []

    init(candidateCount: Int) {
      var made = MadeText(seed: 3)
      var code: [Int: UInt32] = [:]
      codes.reserveCapacity(candidateCount)
      rewards.reserveCapacity(candidateCount)
      for _ in 0..<candidateCount {
        let length = made.responseLength()
        if code[length] == nil {
          code[length] = UInt32(levels.count)
          levels.append(Double(length))
        }
        codes.append(code[length] ?? 0)
        rewards.append(made.reward(length: length))
      }
    }

    /// The fit that is measured.
    func fit() -> [Double] {
      Lowess.fit(
        Sample(levels: levels, codes: codes, values: rewards),
        parameters: .init(frac: 0.3, iterations: 3)
      ).fitted
    }

    /// Writes `lengths.f64`, `rewards.f64` and `fitted.f64`, one little-endian double a candidate,
    /// so that another program can fit the same numbers.
    func export(to folder: String) throws {
      let fitted = fit()
      for (name, numbers) in [
        ("lengths", codes.map { levels[Int($0)] }), ("rewards", rewards),
        ("fitted", codes.map { fitted[Int($0)] }),
      ] {
        let bytes = numbers.withUnsafeBytes { Data($0) }
        try bytes.write(to: URL(fileURLWithPath: "\(folder)/\(name).f64"))
      }
    }
  }

  static func lowess(_ population: Population) -> Benchmark {
    let count = population.codes.count
    let name = "LOWESS, \(count) candidates, \(population.levels.count) lengths"
    return Benchmark(name: name, amount: count, unit: .candidates) {
      precondition(population.fit().allSatisfy { $0.isFinite })
    }
  }
}
