internal import Calibrate
internal import Columns
internal import Emit
internal import Ingest
internal import JSON
internal import Records

/// Saved bias curves: `curve.json`.
enum CurveFile {
  /// A saved curve that cannot be used.
  struct Failure: ReportableError {
    enum Code: String {
      case missing, unreadable, malformed, otherCharacteristics
    }

    let code: Code
    let diagnostic: Diagnostic

    init(_ code: Code, _ message: String, file: String, hint: String) {
      self.code = code
      diagnostic = Diagnostic(code, error: message, at: SourceLocation(file: file), hint: hint)
    }

    var category: FailureCategory {
      switch code {
      case .missing: .inputMissing
      case .unreadable: .inputOutput
      case .malformed: .badData
      case .otherCharacteristics: .badConfiguration
      }
    }
  }

  private static let format = "dpo-prep curve"

  // MARK: Writing

  /// The curves as a document.
  ///
  /// - Parameter configuration: how they were fitted, for people to read.
  static func document(_ fit: FitStage.Result, configuration: JSONValue) -> JSONValue {
    [
      "format": .string(format),
      "version": 1,
      "fit": configuration,
      "curves": .list(fit.fitted.map(document)),
    ]
  }

  private static func document(_ fitted: FittedCurve) -> JSONValue {
    let curve = fitted.curve
    var members: [JSONValue.Member] = [
      .init(name: "characteristic", value: .string(curve.characteristic)),
      .init(name: "alpha", value: .number(curve.alpha)),
    ]
    switch curve.shape {
    case .proportional(let coefficient):
      members.append(.init(name: "coefficient", value: .number(coefficient)))
    case .knots(let knots):
      members += [
        .init(name: "lengths", value: .list(knots.map { .number($0.length) })),
        .init(name: "bias", value: .list(knots.map { JSONValue($0.bias) })),
        .init(name: "candidates", value: .list(knots.map { .integer($0.candidates) })),
      ]
    }
    if fitted.smoothing != nil {
      members.append(.init(name: "smoothing", value: JSONValue(fitted.smoothing)))
    }
    if let support = fitted.support {
      members.append(.init(name: "support", value: document(support, of: curve)))
    }
    return .object(members)
  }

  /// What a curve rests on, and the 95 % band of what it lies above its value at a reference.
  private static func document(_ support: CurveSupport, of curve: BiasCurve) -> JSONValue {
    func list(_ value: (CurveSupport.Place) -> Double?) -> JSONValue {
      .list(support.places.map { JSONValue(value($0)) })
    }
    func bias(_ place: CurveSupport.Place) -> Double? { curve.bias(at: place.length) }
    return [
      "reference_length": JSONValue(support.reference),
      "lengths": list(\.length),
      "bias": list(bias),
      "effective_candidates": list(\.effectiveCount),
      "standard_error": list(\.standardError),
      "lower": list { place in bias(place).map { $0 - place.halfWidth } },
      "upper": list { place in bias(place).map { $0 + place.halfWidth } },
    ]
  }

  // MARK: Reading

  /// Reads saved curves.
  static func read(_ path: String) throws(Failure) -> [BiasCurve] {
    let bytes: [UInt8]
    do throws(IngestError) {
      bytes = try WholeFile.bytes(of: path)
    } catch {
      guard error.code == .missingInput else {
        throw Failure(
          .unreadable, "cannot read the file", file: path, hint: "check its permissions")
      }
      throw Failure(
        .missing, "no such file", file: path,
        hint: PathSpelling.unexpanded(path)
          ?? "save a curve with `dpo-prep fit CONFIG --out \(path)`")
    }
    func malformed(_ what: String) -> Failure {
      Failure(
        .malformed, "not a saved curve of dpo-prep, version 1: \(what)", file: path,
        hint: "save one with `dpo-prep fit`, or take the curve.json of a dataset")
    }
    guard let tree = JSONValue(document: bytes) else { throw malformed("not a JSON document") }
    guard tree["format"]?.text == Array(format.utf8), tree["version"]?.number == 1,
      let elements = tree["curves"]?.elements
    else { throw malformed("no \"format\", \"version\" and \"curves\" of one") }
    var curves: [BiasCurve] = []
    for (number, element) in elements.enumerated() {
      do throws(Fault) {
        curves.append(try curve(element))
      } catch {
        throw malformed("curves[\(number)]\(error.path) \(error.problem)")
      }
    }
    return curves
  }

  /// What is wrong with a curve, and where in it.
  private struct Fault: Error {
    var path: String
    var problem: String
  }

  private static func curve(_ tree: JSONValue) throws(Fault) -> BiasCurve {
    guard let name = tree["characteristic"]?.text else {
      throw Fault(path: ".characteristic", problem: "is not a text")
    }
    let characteristic = String(decoding: name, as: UTF8.self)
    let alpha = try finite(tree["alpha"], ".alpha")
    guard alpha >= 0 else { throw Fault(path: ".alpha", problem: "is below 0") }
    if let coefficient = tree["coefficient"] {
      return BiasCurve(
        characteristic: characteristic, alpha: alpha,
        shape: .proportional(coefficient: try finite(coefficient, ".coefficient")))
    }
    var lists: [[JSONValue]] = []
    for key in ["lengths", "bias", "candidates"] {
      guard let list = tree[key]?.elements else {
        throw Fault(path: ".\(key)", problem: "is not a list")
      }
      guard !list.isEmpty else { throw Fault(path: ".\(key)", problem: "is empty") }
      guard list.count == lists.first?.count ?? list.count else {
        throw Fault(path: ".\(key)", problem: "is not as long as \"lengths\"")
      }
      lists.append(list)
    }
    var knots: [BiasCurve.Knot] = []
    for index in lists[0].indices {
      let length = try finite(lists[0][index], ".lengths[\(index)]")
      guard length > knots.last?.length ?? -.infinity else {
        throw Fault(path: ".lengths[\(index)]", problem: "is not above the one before")
      }
      let bias: Double? =
        if case .null = lists[1][index] { nil } else {
          try finite(lists[1][index], ".bias[\(index)]")
        }
      guard let count = lists[2][index].number, count >= 0, count < 0x1p53 else {
        throw Fault(path: ".candidates[\(index)]", problem: "is not a count")
      }
      knots.append(BiasCurve.Knot(length: length, bias: bias, candidates: Int(clamped: count)))
    }
    return BiasCurve(characteristic: characteristic, alpha: alpha, shape: .knots(knots))
  }

  private static func finite(_ value: JSONValue?, _ path: String) throws(Fault) -> Double {
    guard let number = value?.number, number.isFinite else {
      throw Fault(path: path, problem: "is not a finite number")
    }
    return number
  }
}
