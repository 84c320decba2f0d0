internal import Job
internal import Records
internal import Report
internal import Settings

/// What `sweep --html` writes.
struct SweepReport {
  let result: SweepResult

  var page: ReportPage {
    ReportPage(
      title: "\(Quantity.count(result.outcomes.count)) variants", lead: "", keyFigures: [],
      sections: [], generator: "dpo-prep \(dpoPrepVersion)")
  }
}
