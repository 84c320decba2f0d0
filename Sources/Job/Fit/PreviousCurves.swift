package import Calibrate
internal import Curves
internal import Ingest
package import JSON
internal import Records
package import Settings

/// How the curves lie to those of an earlier round.
package struct PreviousCurves {
  /// Where the earlier ones came from.
  package let source: CurveSource
  /// For each curve of a characteristic that both have, in the order of the new ones.
  package let changes: [CurveChange]
  /// What was put in place of the rewards then, where that is not what is now.
  package let otherTransform: String?

  /// Reads the earlier curves, and compares; nil where none are named.
  package init?(_ configuration: Configuration, _ fit: FitStage.Result) throws {
    guard let path = configuration.report.previousCurve.map(Self.file) else { return nil }
    let contents = try CurveFile.read(path)
    source = try CurveSource(path)
    let former = zip(contents.curves, contents.bands).map { CurveChange.Former($0, band: $1) }
    changes = fit.fitted.compactMap { fitted in
      former.first { $0.curve.characteristic == fitted.curve.characteristic }
        .flatMap { CurveChange(from: $0, to: fitted) }
    }
    let transform = contents.population?.transform ?? "none"
    otherTransform = transform == configuration.calibration.transform.rawValue ? nil : transform
  }

  /// The file of a path: of a dataset's folder the one in it.
  package static func file(_ path: String) -> String {
    let inside = path.hasSuffix("/") ? "\(path)curve.json" : "\(path)/curve.json"
    return FileDigest.isFolder(path) ? inside : path
  }

  /// Throws where the earlier curves cannot be read.
  static func check(_ configuration: Configuration) throws {
    if let path = configuration.report.previousCurve { _ = try CurveFile.read(file(path)) }
  }

  /// What documents say of it.
  package var document: JSONValue {
    [
      "file": .string(source.path), "sha256": .string(source.sha256),
      "changes": .list(changes.map(Self.document)),
    ]
  }

  private static func document(_ change: CurveChange) -> JSONValue {
    [
      "characteristic": .string(change.characteristic),
      "reference_length": .number(change.reference),
      "largest": change.largest.map { place in
        [
          "length": .number(place.length), "former": .number(place.former),
          "current": .number(place.current), "difference": .number(place.difference),
          "interval": place.interval.map {
            .list([.number($0.lowerBound), .number($0.upperBound)])
          } ?? .null,
        ]
      } ?? .null,
    ]
  }

  /// What is said of it, a sentence for each characteristic.
  package var sentences: [String] {
    changes.compactMap { change in
      change.largest.map { place in
        let interval = place.interval.map {
          " [\(Quantity.signed($0.lowerBound, places: 3)), "
            + "\(Quantity.signed($0.upperBound, places: 3))]"
        }
        return "Since \(source.path) the bias of \(change.characteristic) moved most at "
          + "\(Quantity.decimal(place.length, places: 0)): by "
          + "\(Quantity.signed(place.difference, places: 3))\(interval ?? "") of the reward, about "
          + "its value at \(Quantity.decimal(change.reference, places: 0))."
      }
    }
  }
}

extension CurveChange.Place {
  /// The 95 % interval of the difference; nil where it is not known.
  package var interval: ClosedRange<Double>? {
    halfWidth.isFinite ? difference - halfWidth...difference + halfWidth : nil
  }
}
