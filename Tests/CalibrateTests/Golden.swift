internal import Foundation

@testable import Calibrate

/// The golden numbers beside this file, as their generator wrote them.
enum Golden {
  /// One fit by statsmodels.
  struct LowessCase: Sendable {
    var name: String
    var frac: Double
    var iterations: Int
    var delta: Double
    var x: [Double] = []
    var y: [Double] = []
    /// The fitted values where statsmodels defines them.
    var fit: [(x: Double, value: Double)] = []
  }

  /// One statistic of a column of a case.
  struct Statistic {
    var name: String
    var kind: String
    var argument: Double
    var expected: Double
  }

  static let lowess = cases(of: "lowess.csv")
  static let delta = cases(of: "delta.csv")

  private static func cases(of file: String) -> [LowessCase] {
    var cases: [LowessCase] = []
    for row in rows(of: file) {
      let last = cases.count - 1
      switch row[0] {
      case "case":
        cases.append(
          LowessCase(
            name: String(row[1]), frac: number(row[2]), iterations: Int(number(row[3])),
            delta: row.count > 4 ? number(row[4]) : 0))
      case "fit":
        cases[last].fit.append((number(row[1]), number(row[2])))
      default:
        cases[last].x.append(number(row[0]))
        cases[last].y.append(number(row[1]))
      }
    }
    return cases
  }

  static let statistics: [Statistic] = rows(of: "statistics.csv").map { row in
    Statistic(
      name: String(row[0]), kind: String(row[1]), argument: row[2].isEmpty ? 0 : number(row[2]),
      expected: number(row[3]))
  }

  static func statistics(_ kind: String) -> [(Statistic, LowessCase)] {
    statistics.filter { $0.kind == kind }.map { statistic in
      (statistic, lowess.first { $0.name == statistic.name } ?? lowess[0])
    }
  }

  static func number(_ text: Substring) -> Double { Double(text) ?? .nan }

  static func rows(of file: String) -> [[Substring]] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let url = folder.appendingPathComponent("Golden/" + file)
    let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
    precondition(!text.isEmpty, "\(url.path) is missing")
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
  }
}

/// A column of lengths with its dictionary, as the caller of the module keeps it.
struct Coded {
  var levels: [Double] = []
  var codes: [UInt32] = []

  /// Codes values in the order of their first appearance.
  init(_ values: [Double]) {
    var known: [Double: UInt32] = [:]
    for value in values {
      let code = known[value] ?? UInt32(levels.count)
      if code == levels.count {
        levels.append(value)
        known[value] = code
      }
      codes.append(code)
    }
  }

  /// The values with what goes with them.
  func sample(_ rewards: [Double]) -> Sample {
    Sample(levels: levels, codes: codes, values: rewards)
  }

  /// A value by level, spread over the candidates.
  func spread(_ table: [Double]) -> [Double] { codes.map { table[Int($0)] } }
}

/// Whether two numbers agree to a part of their size, or of one where they are smaller.
func isClose(_ left: Double, _ right: Double, _ tolerance: Double = 1e-9) -> Bool {
  abs(left - right) <= tolerance * max(1, abs(right))
}

extension Calibrator {
  /// The scores of all candidates.
  func scores(of rewards: [Double], codes: [[UInt32]]) -> [Double] {
    rewards.indices.map { index in score(rewards[index]) { codes[$0][index] } }
  }
}
