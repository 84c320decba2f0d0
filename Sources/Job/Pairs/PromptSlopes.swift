internal import Calibrate
// Brings in libm, which the standard library's squareRoot() calls in debug builds.
internal import Glibc

/// How rewards rise with length between prompts and within them, and whether the two differ: then
/// prompts with long answers have other rewards for reasons of their own, and one curve over all
/// candidates takes these for the bias of length.
///
/// The difference is taken of what the curve within prompts leaves of the rewards, so that a bias that
/// is not straight makes none (Y. Mundlak, "On the pooling of time series and cross section data",
/// Econometrica 46, 1978, 69–85).
package struct PromptSlopes: Sendable {
  /// Of mean reward on mean length, prompts by the number of their candidates; NaN where lengths do not
  /// differ.
  package let between: Double
  /// Of rewards on lengths, both from the means of their prompt.
  package let within: Double
  /// Of the rest: the slope between prompts less that within.
  package let difference: Double
  /// The 95 % interval of the difference; nil where there is none.
  package let interval: ClosedRange<Double>?

  /// Whether the interval of the difference leaves out 0.
  package var promptsDiffer: Bool { interval.map { !$0.contains(0) } ?? false }

  /// - Parameters:
  ///   - sums: By group of prompts.
  init(_ sums: [Sums]) {
    let total = sums.reduce(Sums(), +)
    between = total.between(\.reward)
    within = total.within(\.reward)
    difference = total.difference
    let sizes = sums.map(\.prompts)
    let error = Jackknife.standardError(
      difference, without: sums.map { (total - $0).difference }, sizes: sizes)
    let reach = error * Jackknife.halfWidth(groups: sizes)
    interval = reach.isNaN || difference.isNaN ? nil : difference - reach...difference + reach
  }

  /// Sums over prompts.
  struct Sums: Sendable {
    /// Sums of something over candidates, with the products with length.
    fileprivate struct Products: Sendable {
      /// Over prompts, of their means.
      var sum = 0.0
      var product = 0.0
      /// Over candidates, from the means of their prompt.
      var withinProduct = 0.0
    }

    private(set) var prompts = 0
    private var candidates = 0.0
    private var length = Products()
    fileprivate var reward = Products()
    fileprivate var rest = Products()

    /// Adds a prompt.
    ///
    /// - Parameter candidates: Of each length, reward, and what the curve within prompts leaves of it.
    ///   Lengths are best taken from their middle, which keeps digits.
    mutating func add(_ candidates: [(length: Double, reward: Double, rest: Double)]) {
      guard candidates.count > 1 else { return }
      let count = Double(candidates.count)
      let mean = candidates.reduce(0) { $0 + $1.length } / count
      prompts += 1
      self.candidates += count
      func add(_ value: (Int) -> Double, to products: inout Products) {
        let own = candidates.indices.reduce(0) { $0 + value($1) } / count
        products.sum += count * own
        products.product += count * mean * own
        products.withinProduct += candidates.indices.reduce(0) {
          $0 + (candidates[$1].length - mean) * (value($1) - own)
        }
      }
      add({ candidates[$0].length }, to: &length)
      add({ candidates[$0].reward }, to: &reward)
      add({ candidates[$0].rest }, to: &rest)
    }

    fileprivate func between(_ value: (Sums) -> Products) -> Double {
      let values = value(self)
      return (values.product - length.sum * values.sum / candidates)
        / (length.product - length.sum * length.sum / candidates)
    }

    fileprivate func within(_ value: (Sums) -> Products) -> Double {
      value(self).withinProduct / length.withinProduct
    }

    fileprivate var difference: Double { between(\.rest) - within(\.rest) }

    static func + (left: Sums, right: Sums) -> Sums { left.with(right, sign: 1) }
    static func - (left: Sums, right: Sums) -> Sums { left.with(right, sign: -1) }

    private func with(_ other: Sums, sign: Double) -> Sums {
      func join(_ left: inout Products, _ right: Products) {
        left.sum += sign * right.sum
        left.product += sign * right.product
        left.withinProduct += sign * right.withinProduct
      }
      var sums = self
      sums.prompts += Int(sign) * other.prompts
      sums.candidates += sign * other.candidates
      join(&sums.length, other.length)
      join(&sums.reward, other.reward)
      join(&sums.rest, other.rest)
      return sums
    }
  }
}
