package import Calibrate
internal import Ingest
package import JSON
package import Records

/// Saved bias curves: `curve.json`.
package enum CurveFile {
  /// A saved curve that cannot be used.
  package struct Failure: ReportableError {
    package enum Code: String {
      case missing, unreadable, malformed
      case otherCharacteristics, otherTokenizer, otherTransform, otherCombination, otherRewards
    }

    package let code: Code
    package let diagnostic: Diagnostic

    package init(_ code: Code, _ message: String, file: String, hint: String?) {
      self.code = code
      diagnostic = Diagnostic(code, error: message, at: SourceLocation(file: file), hint: hint)
    }

    package var category: FailureCategory {
      switch code {
      case .missing: .inputMissing
      case .unreadable: .inputOutput
      case .malformed, .otherRewards: .badData
      case .otherCharacteristics, .otherTokenizer, .otherTransform, .otherCombination:
        .badConfiguration
      }
    }
  }

  /// What the file says it is.
  package static let format = "dpo-prep curve"

  /// What a file has.
  package struct Contents {
    package var curves: [BiasCurve]
    /// What they were fitted on; nil in files of earlier versions.
    package var population: CurvePopulation?
    /// Of each curve its band; nil where the file has none.
    package var bands: [CurveChange.Band?]
    /// By what tokens were counted; nil where none were, and in files of earlier versions.
    package var tokenizer: Tokenizer?
    /// How the curves were fitted, as the file tells people.
    package var fit: JSONValue?
  }

  /// The file of a tokenizer.
  package struct Tokenizer: Equatable, Sendable {
    /// As documents tell it.
    package let path: String
    /// In hexadecimal.
    package let sha256: String

    package init(path: String, sha256: String) {
      self.path = path
      self.sha256 = sha256
    }

    /// What a document says; nil where it says no such thing.
    init?(_ document: JSONValue) {
      guard let path = document["path"]?.text, let sha256 = document["sha256"]?.text else {
        return nil
      }
      self.init(
        path: String(decoding: path, as: UTF8.self), sha256: String(decoding: sha256, as: UTF8.self)
      )
    }

    package var document: JSONValue { ["path": .string(path), "sha256": .string(sha256)] }
  }

  /// Reads saved curves.
  package static func read(_ path: String) throws(Failure) -> Contents {
    let bytes: [UInt8]
    do throws(IngestError) {
      bytes = try WholeFile.bytes(of: path)
    } catch {
      guard error.code == .missingInput else {
        throw Failure(
          .unreadable, error.message, file: path,
          hint: FileDigest.exists("\(path)/curve.json")
            ? "name the curve in it: \(path)/curve.json" : error.hint)
      }
      throw Failure(
        .missing, "no such file", file: path,
        hint: WorkingFolder.hint(
          PathSpelling.unexpanded(path) ?? "save a curve with `dpo-prep fit CONFIG --out \(path)`",
          forMissing: path))
    }
    func malformed(_ what: String) -> Failure {
      Failure(
        .malformed, "not a saved curve of dpo-prep, version 1: \(what)", file: path,
        hint: "save one with `dpo-prep fit`, or take the curve.json of a dataset")
    }
    guard !bytes.isEmpty else { throw malformed("the file is empty") }
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
    let bands = elements.map { band($0["support"]) }
    var contents = Contents(curves: curves, bands: bands, fit: tree["fit"])
    if let recorded = tree["tokenizer"] {
      guard let tokenizer = Tokenizer(recorded) else {
        throw malformed("\"tokenizer\" is not one")
      }
      contents.tokenizer = tokenizer
    }
    if let recorded = tree["population"] {
      guard let population = CurvePopulation(recorded, curves.map(\.characteristic)) else {
        throw malformed("\"population\" is not one")
      }
      contents.population = population
    }
    return contents
  }

  /// The band that a file records; nil where it records none that can be read.
  private static func band(_ support: JSONValue?) -> CurveChange.Band? {
    guard let support, let reference = support["reference_length"]?.number, reference.isFinite,
      let lengths = support["lengths"]?.elements, let errors = support["standard_error"]?.elements,
      let lower = support["lower"]?.elements, let upper = support["upper"]?.elements,
      [errors.count, lower.count, upper.count].allSatisfy({ $0 == lengths.count })
    else { return nil }
    func number(_ value: JSONValue) -> Double { value.number ?? .nan }
    let places = lengths.indices.map {
      (
        length: number(lengths[$0]), middle: number(lower[$0]) / 2 + number(upper[$0]) / 2,
        standardError: number(errors[$0])
      )
    }
    guard zip(places, places.dropFirst()).allSatisfy({ $0.length < $1.length }) else { return nil }
    return CurveChange.Band(reference: reference, places: places)
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
