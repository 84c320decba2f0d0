package import Calibrate
internal import Ingest
internal import JSON
package import Records

/// Saved bias curves: `curve.json`.
package enum CurveFile {
  /// A saved curve that cannot be used.
  package struct Failure: ReportableError {
    package enum Code: String {
      case missing, unreadable, malformed, otherCharacteristics, otherTransform, otherCombination,
        otherRewards
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
      case .otherCharacteristics, .otherTransform, .otherCombination: .badConfiguration
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
    guard let recorded = tree["population"] else { return Contents(curves: curves) }
    guard let population = CurvePopulation(recorded, curves.map(\.characteristic)) else {
      throw malformed("\"population\" is not one")
    }
    return Contents(curves: curves, population: population)
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
