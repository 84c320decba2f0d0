internal import Calibrate
internal import Columns
internal import Ingest
internal import Records
internal import Scan
internal import Settings

/// The models that have effects of their own in a fit.
struct ModelNames {
  /// In ascending order of their bytes, so that they are the same for any order of the input.
  let names: [String]
  let column: ModelColumn

  /// A model with fewer candidates is not told apart from chance.
  private static let leastCandidates = 5

  /// Nil where models have none, or there is only one.
  init?(
    _ calibration: Configuration.Calibration, _ scan: InputScan.Result,
    _ printer: any DiagnosticSink
  ) {
    let table = scan.table
    guard calibration.usesModels else { return nil }
    let count = table.models.names.count
    let isTooMany = count * Self.leastCandidates > table.ledger.candidatesKept
    if table.hasTooManyModels || count > ModelColumn.countLimit || (count > 1 && isTooMany) {
      printer.report(
        Diagnostic(
          .note,
          table.hasTooManyModels || count > ModelColumn.countLimit
            ? "more than \(ModelColumn.countLimit) models are named, so models have no effects in the fit"
            : "the \(count) models that are named have too few answers each, so they have no effects in "
              + "the fit",
          hint: "calibration.model_effects: never says so; input.fields.model names the field",
          code: "too_many_models"))
      return nil
    }
    guard count > 1 else { return nil }
    let order = table.models.names.indices.sorted {
      table.models.names[$0].lexicographicallyPrecedes(table.models.names[$1])
    }
    var places = [UInt32](repeating: 0, count: count)
    for (place, code) in order.enumerated() { places[code] = UInt32(place) }
    names = order.map { String(decoding: table.models.names[$0], as: UTF8.self) }
    column = ModelColumn(
      codes: table.models.codes(in: scan.groups, mapping: places), count: count)
  }
}
