internal import Calibrate
package import Columns
internal import Ingest
package import Scan

/// How much the reward goes with the first characteristic.
package struct BiasDiagnostics: Sendable {
  /// Spearman's correlation over all candidates; nil where one side does not vary.
  package var pooled: Double?
  /// The mean of the prompts' own correlations.
  package var withinPrompt: Double?
  /// The prompts that have one.
  package var prompts: Int

  /// Measures rewards or scores.
  ///
  /// - Parameter values: In the order of the prompts; NaN outside the population.
  package init(_ scan: InputScan.Result, values: any NumberSource, threads: Int) {
    let sample = Self.sample(scan, values)
    pooled = Spearman.pooled(sample, threads: threads)
    let within = Spearman.meanWithinPrompt(
      sample, prompts: OrderedColumn(scan.table.prompts, in: scan.groups))
    withinPrompt = within.mean
    prompts = within.prompts
  }

  /// Measures what is not known yet.
  ///
  /// - Parameter within: The correlations of the prompts.
  init(
    _ scan: InputScan.Result, values: any NumberSource, within: MeanCorrelation, threads: Int
  ) {
    pooled = Spearman.pooled(Self.sample(scan, values), threads: threads)
    withinPrompt = within.mean
    prompts = within.prompts
  }

  private static func sample(_ scan: InputScan.Result, _ values: any NumberSource) -> Sample {
    let lengths = scan.table.primary
    return Sample(
      levels: lengths.levels, codes: OrderedColumn(lengths.codes, in: scan.groups), values: values)
  }
}
