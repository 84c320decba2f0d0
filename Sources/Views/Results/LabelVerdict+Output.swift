internal import Calibrate
internal import Hashing
package import JSON
internal import Job
internal import Records
package import Report
internal import Scan
internal import Settings

extension LabelStage.Verdict {
  /// What the labels say, a sentence each.
  var sentences: [String] {
    var sentences: [String] = []
    if decidesAlpha, case .success(let estimate) = judgement.estimate {
      sentences.append(
        "alpha \(Quantity.decimal(estimate.usedAlpha, places: 2)) was estimated from "
          + "\(Quantity.count(foundCount)) labelled pairs (\(estimate.intervalText)).")
    } else if case .success(let estimate) = judgement.estimate {
      sentences.append(
        "The labels alone would take alpha \(Quantity.decimal(estimate.usedAlpha, places: 2)) "
          + "(\(estimate.intervalText)).")
    } else if case .failure(let failure) = judgement.estimate {
      sentences.append("The labels tell no alpha: \(failure.text).")
    }
    guard let accuracy = judgement.accuracy else { return sentences }
    let gain = accuracy.interval.map {
      " (\(points(accuracy.after - accuracy.before)) points, 95 % interval "
        + "\(points($0.lowerBound)) to \(points($0.upperBound)))"
    }
    sentences.append(
      "Of \(Quantity.count(accuracy.pairCount)) labelled pairs the better answer scores higher in "
        + "\(Quantity.percent(accuracy.before)) before and \(Quantity.percent(accuracy.after)) "
        + "after calibration\(gain ?? "")"
        + (judgement.isHeldOut ? ", judged by what the other prompts' labels tell." : "."))
    return sentences
  }

  private func points(_ share: Double) -> String { Quantity.signed(share * 100, places: 1) }

  /// What the summary's JSON and the manifest say.
  ///
  /// - Parameter path: a path as documents tell it.
  package func document(path: (String) -> String) -> JSONValue {
    var alpha: [JSONValue.Member] = []
    switch judgement.estimate {
    case .success(let estimate):
      alpha = [
        .init(name: "estimate", value: .number(estimate.alpha)),
        .init(name: "lower", value: JSONValue(estimate.interval?.lowerBound)),
        .init(name: "upper", value: JSONValue(estimate.interval?.upperBound)),
        .init(name: "slope", value: .number(estimate.slope)),
        .init(name: "problem", value: .null),
      ]
    case .failure(let failure):
      alpha = ["estimate", "lower", "upper", "slope"].map { .init(name: $0, value: .null) }
      alpha.append(.init(name: "problem", value: .string(failure.rawValue)))
    }
    alpha.append(.init(name: "used", value: .bool(decidesAlpha)))
    return [
      "files": .list(
        inputs.map {
          [
            "path": .string(path($0.name)), "bytes": .integer($0.byteCount),
            "sha256": .string($0.digest.hexadecimal), "rows": .integer($0.rows),
          ]
        }),
      "labels": .integer(labelCount), "found": .integer(foundCount),
      "not_found": .object(
        LabelMatch.Reason.allCases.compactMap { reason in
          missingCounts[reason].map { .init(name: reason.rawValue, value: .integer($0)) }
        }),
      "not_found_first": .list(
        missing.map {
          [
            "file": .string(path($0.location.file)),
            "line": $0.location.line.map(JSONValue.integer) ?? .null,
            "reason": .string($0.reason.rawValue),
          ]
        }),
      "repeated": .integer(repeatedCount), "contradictory": .integer(contradictoryCount),
      "uncalibrated": .integer(uncalibratedCount),
      "alpha": .object(alpha),
      "accuracy": judgement.accuracy.map { accuracy in
        [
          "before": .number(accuracy.before), "after": .number(accuracy.after),
          "difference": .number(accuracy.after - accuracy.before),
          "lower": JSONValue(accuracy.interval?.lowerBound),
          "upper": JSONValue(accuracy.interval?.upperBound),
          "pairs": .integer(accuracy.pairCount), "prompts": .integer(accuracy.promptCount),
          "held_out": .bool(judgement.isHeldOut),
        ]
      } ?? .null,
    ]
  }

  /// What the report says.
  ///
  /// - Parameter path: a path as documents tell it.
  package func section(path: (String) -> String) -> ReportPage.Section {
    var rows = inputs.map { ["labels of \(path($0.name))", Quantity.count($0.rows)] }
    rows.append(["found among the candidates", Quantity.count(foundCount)])
    rows += LabelMatch.Reason.allCases.compactMap { reason in
      missingCounts[reason].map { ["not found: \(reason.rawValue)", Quantity.count($0)] }
    }
    for (name, count) in [
      ("say once more what another says", repeatedCount),
      ("say the contrary of another", contradictoryCount),
      ("of prompts that are left uncalibrated", uncalibratedCount),
    ] where count > 0 {
      rows.append([name, Quantity.count(count)])
    }
    return ReportPage.Section(
      "Labelled pairs",
      sentences.map { sentence in tag("p", ["class": "note"]) { sentence } }
        + DataTable(["", "pairs"], rows).nodes(label: "What became of the labels"))
  }
}
