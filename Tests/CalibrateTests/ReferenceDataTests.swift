internal import Foundation
import Testing

@testable import Calibrate

/// Real scored generations with the numbers statsmodels gives for them.
@Suite(.enabled(if: ReferenceData.folder != nil, "DPO_PREP_TESTDATA is not set"))
struct ReferenceDataTests {
  @Test(arguments: ["small-expected.csv.zst", "alpacaeval-expected.csv.zst"])
  func equalsStatsmodels(file: String) throws {
    let table = try ReferenceData.read(file)
    let lengths = try #require(table["length"])
    let rewards = try #require(table["reward"])
    #expect(lengths.count >= 600)
    let coded = Coded(lengths)
    for (frac, iterations) in [(0.3, 3), (0.9, 3), (0.3, 0)] {
      let suffix = "\(frac)_it\(iterations)"
      let biases = try #require(table["bias_" + suffix])
      let calibrated = try #require(table["cal_" + suffix])
      let fit = SequentialCalibration.fit(
        [.init(name: "chars", levels: coded.levels, codes: coded.codes)], rewards: rewards,
        prompts: PromptColumn(
          codes: [UInt32](repeating: 0, count: rewards.count), count: 1),
        method: LocalRegressionMethod(.init(frac: frac, iterations: iterations)),
        scope: .global)
      let scores = Calibrator(curves: fit.map(\.curve), levels: [coded.levels])
        .scores(of: rewards, codes: [coded.codes])
      var differences = 0
      for index in rewards.indices {
        let bias = fit[0].curve.bias(at: lengths[index]) ?? .nan
        // Ten digits are printed, of the rewards too, and a far length magnifies their rounding.
        if !isClose(bias, biases[index], 2e-9) || !isClose(scores[index], calibrated[index], 2e-9) {
          differences += 1
        }
      }
      #expect(differences == 0, "\(suffix): \(differences) of \(rewards.count)")
    }
  }
}

enum ReferenceData {
  static let folder = ProcessInfo.processInfo.environment["DPO_PREP_TESTDATA"]

  /// The number columns of a compressed CSV file, by name.
  static func read(_ name: String) throws -> [String: [Double]] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["zstd", "-dc", (folder ?? "") + "/" + name]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let rows = String(decoding: data, as: UTF8.self).split(separator: "\n")
      .map { $0.split(separator: ",") }
    var table: [String: [Double]] = [:]
    for (column, name) in rows[0].enumerated() where column >= 2 {
      table[String(name)] = rows.dropFirst().map { Double($0[column]) ?? .nan }
    }
    return table
  }
}
