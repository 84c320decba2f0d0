import Calibrate
import Records
import Testing

@testable import Job

/// What is said of a fit within prompts that did not come to its end.
@Suite struct ConvergenceWarningTests {
  private static func fitted(
    _ change: (inout WithinPrompt.Convergence) -> Void
  ) -> FittedCurve {
    var convergence = WithinPrompt.Convergence()
    (convergence.informativePrompts, convergence.informativeCandidates) = (10, 40)
    (convergence.rounds, convergence.lastMovement) = (231, 0.00125)
    change(&convergence)
    var fitted = FittedCurve(
      BiasCurve(characteristic: "chars", alpha: 1, shape: .proportional(coefficient: 1)))
    fitted.precision = 0.25
    fitted.convergence = convergence
    return fitted
  }

  @Test func equationsThatWereNotSolvedAreToldOf() throws {
    let warning = try #require(Self.fitted { _ in }.convergenceWarning)
    #expect(warning.code == "not_converged")
    #expect(warning.message.contains("in 231 rounds of GMRES"))
    #expect(warning.message.contains("move it by 0.0013, and it may be off by 0.25"))
    #expect(Self.fitted { $0.hasConverged = true }.convergenceWarning == nil)
  }

  @Test func promptsThatTellNothingAreToldOf() {
    let warning = Self.fitted { $0.informativePrompts = 0 }.convergenceWarning
    #expect(warning?.code == "no_bias_within_prompts")
  }
}
