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
      "curves": .list(
        fit.curves.indices.map {
          document(fit.curves[$0], fit.supports[$0], fit.choices[$0])
        }),
    ]
  }

  private static func document(
    _ curve: BiasCurve, _ support: CurveSupport?, _ choice: SmoothingChoice?
  ) -> JSONValue {
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
    if choice != nil { members.append(.init(name: "smoothing", value: JSONValue(choice))) }
    if let support {
      members.append(.init(name: "support", value: document(support, of: curve)))
    }
    return .object(members)
  }

  /// What a curve rests on, and the band that holds it with a probability of 95 %.
  private static func document(_ support: CurveSupport, of curve: BiasCurve) -> JSONValue {
    func list(_ value: (CurveSupport.Place) -> Double?) -> JSONValue {
      .list(support.places.map { JSONValue(value($0)) })
    }
    func bias(_ place: CurveSupport.Place) -> Double? { curve.bias(at: place.length) }
    return [
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
        hint: "save a curve with `dpo-prep fit CONFIG --out \(path)`")
    }
    let malformed = Failure(
      .malformed, "not a saved curve of dpo-prep, version 1", file: path,
      hint: "save one with `dpo-prep fit`, or take the curve.json of a dataset")
    guard let tree = JSONValue(document: bytes),
      tree["format"]?.text == Array(format.utf8), tree["version"]?.number == 1,
      let elements = tree["curves"]?.elements
    else { throw malformed }
    var curves: [BiasCurve] = []
    for element in elements {
      guard let curve = curve(element) else { throw malformed }
      curves.append(curve)
    }
    return curves
  }

  private static func curve(_ tree: JSONValue) -> BiasCurve? {
    guard let name = tree["characteristic"]?.text, let alpha = tree["alpha"]?.number else {
      return nil
    }
    let characteristic = String(decoding: name, as: UTF8.self)
    if let coefficient = tree["coefficient"]?.number {
      return BiasCurve(
        characteristic: characteristic, alpha: alpha, shape: .proportional(coefficient: coefficient)
      )
    }
    guard let lengths = tree["lengths"]?.elements, let biases = tree["bias"]?.elements,
      let counts = tree["candidates"]?.elements, lengths.count == biases.count,
      lengths.count == counts.count
    else { return nil }
    var knots: [BiasCurve.Knot] = []
    for index in lengths.indices {
      guard let length = lengths[index].number, length > knots.last?.length ?? -.infinity,
        let count = counts[index].number, count >= 0, count < 0x1p53
      else { return nil }
      var bias = biases[index].number
      if bias == nil, case .null = biases[index] { bias = nil } else if bias == nil { return nil }
      knots.append(BiasCurve.Knot(length: length, bias: bias, candidates: Int(count)))
    }
    return BiasCurve(characteristic: characteristic, alpha: alpha, shape: .knots(knots))
  }
}
