package import Calibrate
internal import Columns
internal import Ingest
package import Records
package import Scan
package import Settings
internal import Work

/// Judges the calibration by labelled pairs, and takes alpha from them where that is asked for.
package struct LabelStage {
  /// What labelled pairs say.
  package struct Verdict {
    /// The files that they came from.
    package var inputs: [InputReport]
    /// What is known of labels that were not found, in the order of the file, the first few.
    package var missing: [(location: SourceLocation, reason: LabelMatch.Reason)] = []
    /// How many were not found.
    package var missingCounts: [LabelMatch.Reason: Int] = [:]
    /// How many were found.
    package var foundCount = 0
    /// How many of them say once more what another says.
    package var repeatedCount = 0
    /// How many of them say the contrary of another.
    package var contradictoryCount = 0
    /// How many of them are of prompts that calibration leaves as they are.
    package var uncalibratedCount = 0
    package var judgement: LabelJudgement
    /// Whether alpha is what the labels tell.
    package var decidesAlpha: Bool

    package var labelCount: Int { foundCount + missingCounts.values.reduce(0, +) }
  }

  package let configuration: Configuration
  package let printer: any DiagnosticSink
  /// Nil where no labels are named.
  package let file: LabelFile?

  /// More places than these are not told.
  package static let shownAtMost = 20

  /// Reads the labels, before the work, so that a fault in them costs nothing.
  package init(configuration: Configuration, printer: any DiagnosticSink) throws {
    self.configuration = configuration
    self.printer = printer
    file = try configuration.calibration.labels.map { path in
      try LabelFile(
        FoundInput([path], streamFolder: InputFile.temporaryFolder).files,
        fields: configuration.input.fields,
        framing: FramingOptions(
          maximumRowByteCount: configuration.input.maxRow,
          windowByteCount: configuration.input.maxWindow),
        threads: configuration.threadCount, checkpoint: { try Interruption.checkpoint() })
    }
  }

  /// Takes labels that have been read.
  package init(configuration: Configuration, printer: any DiagnosticSink, file: LabelFile?) {
    self.configuration = configuration
    self.printer = printer
    self.file = file
  }

  package var pairs: [LabelledPair] { file?.pairs ?? [] }

  /// The curves with what the labels say of them.
  package func run(_ scan: InputScan.Result, _ fit: FitStage.Result) throws -> FitStage.Result {
    guard let file, let last = fit.curves.last else { return fit }
    let decidesAlpha =
      configuration.calibration.target == .labels
      && configuration.calibration.characteristics.last?.alpha == nil
    var result = fit
    var verdict = verdict(on: file, scan, fit.curves, decidesAlpha: decidesAlpha)
    if decidesAlpha {
      guard case .success(let estimate) = verdict.judgement.estimate else {
        throw NoAlphaInLabels(verdict: verdict)
      }
      result.fitted[result.fitted.count - 1].curve = last.removed(alpha: estimate.usedAlpha)
    }
    verdict.decidesAlpha = decidesAlpha
    result.labels = verdict
    warn(of: verdict, last.characteristic)
    return result
  }

  private func verdict(
    on file: LabelFile, _ scan: InputScan.Result, _ curves: [BiasCurve], decidesAlpha: Bool
  ) -> Verdict {
    let table = scan.table
    let scores = FinalScores(scan, curves: curves)
    let calibrator = Calibrator(
      curves: curves.dropLast() + curves.suffix(1).map { $0.removed(alpha: 1) },
      levels: table.measures.map(\.levels))
    var found: [(prompt: Int, better: Int, worse: Int)] = []
    var missing: [(location: SourceLocation, reason: LabelMatch.Reason)] = []
    var missingCounts: [LabelMatch.Reason: Int] = [:]
    for (pair, match) in zip(file.pairs, table.labels) {
      switch match {
      case .candidates(let prompt, let better, let worse): found.append((prompt, better, worse))
      case .missing(let reason):
        missingCounts[reason, default: 0] += 1
        if missing.count < Self.shownAtMost { missing.append((pair.location, reason)) }
      }
    }
    var calibrated: [LabelledDifference] = []
    var raw: [Double] = []
    var others: [(prompt: Int, raw: Double)] = []
    for (prompt, better, worse) in found {
      let difference = table.rewards[better] - table.rewards[worse]
      guard scores.isCalibrated(prompt: prompt) else {
        others.append((prompt, difference))
        continue
      }
      func deduction(_ number: Int, _ candidate: Int) -> Double {
        calibrator.deductions[number][Int(table.measures[number].codes[candidate])]
      }
      var reward = difference
      for number in curves.indices.dropLast() {
        reward -= deduction(number, better) - deduction(number, worse)
      }
      let number = curves.count - 1
      calibrated.append(
        LabelledDifference(
          reward: reward, bias: deduction(number, better) - deduction(number, worse),
          prompt: prompt, group: Jackknife.group(ofPrompt: table.fingerprint(ofPrompt: prompt))))
      raw.append(difference)
    }
    var verdict = Verdict(
      inputs: file.inputs, missing: missing, missingCounts: missingCounts,
      foundCount: found.count, uncalibratedCount: others.count,
      judgement: LabelJudgement(
        calibrated, others: others, raw: raw, alpha: decidesAlpha ? nil : curves.last?.alpha),
      decidesAlpha: decidesAlpha)
    let said = Dictionary(found.map { ([$0.better, $0.worse], 1) }, uniquingKeysWith: +)
    verdict.repeatedCount = said.values.reduce(0) { $0 + $1 - 1 }
    verdict.contradictoryCount = found.count { said[[$0.worse, $0.better]] != nil }
    return verdict
  }

  private func warn(of verdict: Verdict, _ name: String) {
    if !verdict.missing.isEmpty {
      let shown = verdict.missing.prefix(3).map { "\($0.location): \($0.reason.rawValue)" }
      printer.report(
        Diagnostic(
          .warning,
          "\(Quantity.count(verdict.labelCount - verdict.foundCount)) of "
            + "\(Quantity.count(verdict.labelCount)) labelled pairs were not found among the "
            + "candidates (\(verdict.missingText)), such as \(shown.joined(separator: ", "))",
          hint: "labels are found by the prompt or its id and the exact text of both answers",
          code: "labels_not_found"))
    }
    guard verdict.decidesAlpha, case .success(let estimate) = verdict.judgement.estimate else {
      return
    }
    if estimate.alpha < 0 {
      printer.report(
        Diagnostic(
          .warning,
          "the labels go further in the direction of the bias of \(name) than the rewards do "
            + "(alpha \(Quantity.decimal(estimate.alpha, places: 2))), so nothing is removed",
          hint: "the rewards are not biased by \(name), as these labels see it",
          code: "negative_alpha"))
    }
    if estimate.interval.map({ $0.contains(0) && $0.contains(1) }) ?? true {
      printer.report(
        Diagnostic(
          .warning,
          Quantity.count(verdict.foundCount, "label does", plural: "labels do")
            + " not tell whether the bias of \(name) is "
            + "to be removed: alpha \(Quantity.decimal(estimate.alpha, places: 2)), "
            + estimate.intervalText,
          hint: "label more pairs, of answers that differ much in \(name) and little in reward",
          code: "alpha_uncertain"))
    }
  }
}

extension LabelStage.Verdict {
  /// Why labels were not found, with counts.
  var missingText: String {
    LabelMatch.Reason.allCases.compactMap { reason in
      missingCounts[reason].map { "\(reason.rawValue) \(Quantity.count($0))" }
    }.joined(separator: ", ")
  }
}

extension AlphaEstimate {
  /// The interval in words.
  package var intervalText: String {
    guard let interval else { return "95 % interval without bounds" }
    return "95 % interval \(Quantity.decimal(interval.lowerBound, places: 2)) to "
      + Quantity.decimal(interval.upperBound, places: 2)
  }
}

extension AlphaEstimate.Failure {
  /// Why there is no alpha, in words.
  package var text: String {
    switch self {
    case .tooFew:
      "they are of fewer than \(AlphaEstimate.leastPrompts) prompts that were found"
    case .collinear: "the biases of their answers do not differ, or go with the rewards exactly"
    case .separated: "some range of alpha agrees with all of them, so none is the likeliest"
    case .opposed: "the better answers have the lower scores, whatever alpha is"
    }
  }
}

/// Labels that an alpha is to be taken from, but that tell none.
private struct NoAlphaInLabels: ReportableError {
  let verdict: LabelStage.Verdict

  var category: FailureCategory { .badData }

  var diagnostic: Diagnostic {
    var reason = ""
    if case .failure(let failure) = verdict.judgement.estimate { reason = failure.text }
    var message = "the labels tell no alpha: \(reason)"
    if !verdict.missing.isEmpty {
      message +=
        "; found were \(verdict.foundCount) of \(verdict.labelCount) (\(verdict.missingText), such "
        + "as \(verdict.missing[0].location))"
    }
    return Diagnostic(
      .error, message, at: verdict.inputs.first.map { SourceLocation(file: $0.name) },
      hint: "label more pairs, 150 or so, or give alpha a number: the labels then judge it",
      code: "no_alpha_in_labels")
  }
}
