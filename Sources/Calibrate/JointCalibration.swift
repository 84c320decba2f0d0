package import Columns

/// Removes the biases of several characteristics that are fitted together.
///
/// reward = curve(first characteristic) + Σ coefficient · other characteristic + rest, and within
/// prompts effects of prompts and models as well. The coefficients are those of a regression of what the
/// curve and the effects leave of the rewards on what they leave of the other characteristics (P. Speckman,
/// "Kernel smoothing in partial linear models", Journal of the Royal Statistical Society B 50 (1988),
/// 413–436): with the smoother S and the columns X about their means, X̃ = (I − S)X, they are
/// (X̃ᵀX̃)⁻¹X̃ᵀ(I − S)y. Backfitting ends elsewhere where S is not symmetric, and far off where a
/// characteristic nearly follows the first. The curve is what the method fits to what the lines leave.
/// Without robustness passes one step finds all; with them steps are repeated, each weighing down what is
/// far off and made larger by what those before did, until coefficients rest.
package enum JointCalibration {
  /// A step that moves no line by more than this part of a typical rest is the last.
  private static let tolerance = 1e-7
  private static let maximumSteps = 50
  /// Moving less than so many times as much as is aimed for is told as no fault.
  private static let patience = 100.0

  /// Fits the curve of the first characteristic and lines of the others.
  ///
  /// - Parameters:
  ///   - characteristics: The first has a curve, the others have lines.
  ///   - rewards: For each candidate its reward; NaN for one outside the population. Finite.
  ///   - prompts: For each candidate its prompt; those of a prompt stand together.
  ///   - threads: How many threads may work; the result does not depend on it.
  /// - Returns: In the order of the characteristics.
  /// - Complexity: Memory beside the columns: some eight bytes a candidate for every characteristic,
  ///   and as many again.
  package static func fit(
    _ characteristics: [SequentialCalibration.Characteristic], rewards: any NumberSource,
    prompts: PromptColumn, method: LocalRegressionMethod, scope: BiasScope, threads: Int = 1
  ) -> [FittedCurve] {
    guard let first = characteristics.first else { return [] }
    let others = Array(characteristics.dropFirst())
    // What is refitted within steps needs no intervals.
    let plain = PromptColumn(
      codes: prompts.codes, count: prompts.count, groups: prompts.groups, models: prompts.models,
      wantsReplicates: false)
    func curve(
      of values: [Double], by method: LocalRegressionMethod, among prompts: PromptColumn? = nil
    ) -> FittedCurve {
      SequentialCalibration.fit(
        [first], rewards: values, prompts: prompts ?? plain, method: method, scope: scope,
        threads: threads)[0]
    }

    var lines = LineSystem(others, rewards: rewards)
    var method = method
    var fitted = curve(of: lines.remaining, by: method)
    let choice = fitted.smoothing
    if let choice { (method.choosesFrac, method.parameters.frac) = (false, choice.frac) }
    var smoother = method
    smoother.parameters.iterations = 0
    let rest = CurveRest(first, prompts: prompts, threads: threads)
    lines.directions = lines.columns.map { rest.of($0, without: curve(of: $0, by: smoother)) }

    let equalWeights = [Float](repeating: 1, count: lines.remaining.count)
    var weights = equalWeights
    func typical(_ residuals: [Double]) -> Double {
      OrderStatistics.quantile(
        0.5, of: residuals.map(abs), population: lines.population, threads: threads)
    }
    var mixing = AndersonMixing(depth: others.count)
    var steps = 0
    var movement = Double.infinity
    // What a line may move at most in the last step.
    var restLimit: Double?
    while steps < maximumSteps {
      // Each step begins with equal weights, so that it follows from the coefficients alone.
      weights = equalWeights
      var residuals = rest.of(lines.remaining, without: fitted, weights: weights)
      for _ in 0..<method.parameters.iterations {
        let bisquare = Bisquare(medianResidual: typical(residuals), rounding: 0)
        weights = residuals.map { $0.isNaN ? 0 : Float(bisquare.weight(of: abs($0))) }
        residuals = rest.of(lines.remaining, without: fitted, weights: weights)
      }
      let step = lines.step(residuals, weights: weights)
      movement = step.reduce(0) { max($0, abs($1)) }
      steps += 1
      let limit = restLimit ?? tolerance * typical(residuals)
      restLimit = limit
      let isLast = movement <= limit
      lines.move(by: isLast ? step : mixing.change(from: lines.heights, by: step))
      if isLast { break }
      fitted = curve(of: lines.remaining, by: method)
    }
    // The curve of the last step, whether or not intervals are asked for.
    fitted = curve(of: lines.remaining, by: method, among: prompts)
    fitted.smoothing = choice
    if movement > patience * (restLimit ?? 0) { fitted.unsettledMovement = movement }
    let groups = prompts.replicateGroups
    let replicates = groups.map { groups in
      lines.replicates(
        rest.of(lines.remaining, without: fitted, weights: weights), weights: weights,
        prompts: prompts, groups: groups)
    }
    return [fitted]
      + others.indices.map { number in
        var line = FittedCurve(
          BiasCurve(
            characteristic: others[number].name, alpha: others[number].alpha,
            shape: .proportional(coefficient: lines.coefficients[number])))
        line.isUndetermined = lines.isUndetermined[number]
        line.replicates = replicates?[number]
        line.precision = max(
          movement, 1e-12 * abs(lines.coefficients[number]) * lines.largest[number])
        return line
      }
  }
}

/// What a curve leaves of a column, less the effects of prompts and models where it has them.
private struct CurveRest {
  private let characteristic: SequentialCalibration.Characteristic
  private let prompts: PromptColumn
  private let threads: Int

  init(
    _ characteristic: SequentialCalibration.Characteristic, prompts: PromptColumn, threads: Int
  ) {
    self.characteristic = characteristic
    self.prompts = prompts
    self.threads = threads
  }

  /// - Parameter weights: By candidate, for the means of prompts; empty where all are one.
  func of(_ values: [Double], without fitted: FittedCurve, weights: [Float] = []) -> [Double] {
    let bias = fitted.curve.table(for: characteristic.levels)
    var rest = values
    for index in rest.indices { rest[index] -= bias[Int(characteristic.codes[index])] }
    guard (fitted.convergence?.informativePrompts ?? 0) > 0 else { return rest }
    if let models = prompts.models, !fitted.modelEffects.isEmpty {
      var effects = [Double](repeating: 0, count: models.count + 1)
      for effect in fitted.modelEffects { effects[effect.model ?? models.count] = effect.effect }
      for index in rest.indices {
        rest[index] -= effects[min(Int(models.codes[index]), models.count)]
      }
    }
    removePromptMeans(from: &rest, weights)
    return rest
  }

  private func removePromptMeans(from rest: inout [Double], _ weights: [Float]) {
    var start = 0
    while start < rest.count {
      let prompt = prompts.codes[start]
      var (sum, mass) = (0.0, 0.0)
      var end = start
      while end < rest.count, prompts.codes[end] == prompt {
        let weight = weights.isEmpty ? 1 : Double(weights[end])
        if !rest[end].isNaN {
          sum += weight * rest[end]
          mass += weight
        }
        end += 1
      }
      // Without a weight none of its candidates counts.
      let mean = mass > 0 ? sum / mass : 0
      for index in start..<end { rest[index] -= mean }
      start = end
    }
  }
}
