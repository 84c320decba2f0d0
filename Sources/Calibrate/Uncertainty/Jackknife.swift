// Brings in libm, which the standard library's squareRoot() calls in debug builds.
internal import Glibc

/// How far an estimate may be off, from what it becomes without each of some groups of prompts.
///
/// The delete-a-group jackknife for groups of unequal size: F. Busing, E. Meijer and R. van der
/// Leeden, "Delete-m jackknife for unequal m", Statistics and Computing 9 (1999), 3–8. A prompt's
/// group is drawn from what identifies the prompt, so that it is the same wherever it stands.
package enum Jackknife {
  package static var groupCount: Int { 20 }

  /// The group of a prompt.
  ///
  /// - Parameter fingerprint: Of the prompt, with uniform bits.
  package static func group(ofPrompt fingerprint: UInt64) -> UInt8 {
    UInt8(fingerprint.multipliedFullWidth(by: UInt64(groupCount)).high)
  }

  /// The standard error of an estimate; NaN where fewer than two groups have members.
  ///
  /// - Parameters:
  ///   - estimate: From all prompts.
  ///   - without: For each group the estimate without it.
  ///   - sizes: How many prompts each group has; groups without any do not count.
  package static func standardError(
    _ estimate: Double, without: [Double], sizes: [Int]
  ) -> Double {
    let groups = sizes.indices.filter { sizes[$0] > 0 }
    guard groups.count > 1 else { return .nan }
    let total = Double(sizes.reduce(0, +))
    let ratios = groups.map { total / Double(sizes[$0]) }
    let pseudovalues = zip(groups, ratios).map { group, ratio in
      ratio * estimate - (ratio - 1) * without[group]
    }
    let mean = zip(pseudovalues, ratios).reduce(0) { $0 + $1.0 / $1.1 }
    let variance = zip(pseudovalues, ratios).reduce(0) { sum, term in
      sum + (term.0 - mean) * (term.0 - mean) / (term.1 - 1)
    }
    return (variance / Double(groups.count)).squareRoot()
  }

  /// How many standard errors a 95 % interval reaches to either side: Student's t with one degree of
  /// freedom fewer than there are groups.
  package static func halfWidth(groups sizes: [Int]) -> Double {
    StudentT.upperQuantile(degrees: sizes.count { $0 > 0 } - 1)
  }
}
