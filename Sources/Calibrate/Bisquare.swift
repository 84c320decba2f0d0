internal import Columns

/// The robustness weights (Cleveland 1979, section 2, step 3).
struct Bisquare: Sendable {
  /// Six times the median residual, beyond which a candidate has no weight.
  let bound: Double
  /// Whether every candidate within the bound counts the same.
  let isStep: Bool

  /// Measures weights by the median of the absolute residuals.
  ///
  /// Where at least half of the candidates are fitted but for `rounding`, they keep their full
  /// weight and all others lose theirs. statsmodels does so where the median is 0; between 0 and
  /// `rounding` its weights are made of rounding errors.
  init(medianResidual: Double, rounding: Double) {
    isStep = medianResidual <= rounding
    bound = isStep ? rounding : 6 * medianResidual
  }

  func weight(of residual: Double) -> Double {
    if isStep { return residual <= bound ? 1 : 0 }
    let part = min(residual / bound, 1)
    let rest = 1 - part * part
    return rest * rest
  }

  /// Tallies a range of candidates with their weights.
  ///
  /// - Parameters:
  ///   - center: What rewards are counted from, scaled like `fitted` by `Lowess.headroom`.
  ///   - fitted: By code, from `center`.
  func weigh(
    _ sample: Sample, from center: Double, fitted: [Double], in range: Range<Int>,
    into tallies: UnsafeMutableBufferPointer<LocalRegression.Tally>
  ) {
    let fitted = fitted.span
    Blocks.forEach(sample, in: range) { codes, values in
      for index in codes.indices {
        let code = Int(codes[index])
        let value = values[index] * Lowess.headroom - center
        let residual = abs(value - fitted[code])
        if !residual.isNaN { tallies[code].add(value, weight: weight(of: residual)) }
      }
    }
  }
}

/// The absolute residuals of a fit, computed as they are asked for; NaN outside the population.
struct Residuals: NumberSource {
  let sample: Sample
  let center: Double
  /// By code, from `center`.
  let fitted: [Double]

  var count: Int { sample.count }

  subscript(index: Int) -> Double {
    abs(
      sample.values[index] * Lowess.headroom - center - fitted[Int(sample.codes[index])])
  }

  func copy(from start: Int, into block: inout MutableSpan<Double>) {
    sample.values.copy(from: start, into: &block)
    let count = block.count
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: count) { codes in
      codes.initialize(repeating: 0)
      var part = codes.mutableSpan
      sample.codes.copy(from: start, into: &part)
      for index in 0..<count {
        block[index] = abs(block[index] * Lowess.headroom - center - fitted[Int(part[index])])
      }
    }
  }
}

/// The rewards of the population; NaN outside of it.
struct PopulationColumn: NumberSource {
  let sample: Sample

  var count: Int { sample.count }

  subscript(index: Int) -> Double {
    sample.levels[Int(sample.codes[index])].isFinite ? sample.values[index] : .nan
  }

  func copy(from start: Int, into block: inout MutableSpan<Double>) {
    sample.values.copy(from: start, into: &block)
    let count = block.count
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: count) { codes in
      codes.initialize(repeating: 0)
      var part = codes.mutableSpan
      sample.codes.copy(from: start, into: &part)
      for index in 0..<count where !sample.levels[Int(part[index])].isFinite {
        block[index] = .nan
      }
    }
  }
}
