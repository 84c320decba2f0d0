internal import Calibrate
internal import Columns
internal import Ingest
internal import Scan

/// How much the reward goes with the first characteristic.
struct BiasDiagnostics {
  /// Spearman's correlation over all candidates; nil where one side does not vary.
  var pooled: Double?
  /// The mean of the prompts' own correlations.
  var withinPrompt: Double?
  /// The prompts that have one.
  var prompts: Int

  /// Measures rewards or scores, NaN outside the population.
  init<Values>(_ scan: InputScan.Result, values: Values, threads: Int)
  where Values: RandomAccessCollection<Double>, Values.Index == Int {
    let lengths = scan.table.lengths[0]
    pooled = Spearman.pooled(
      levels: lengths.levels, codes: OrderedColumn(lengths.codes, in: scan.groups),
      values: OrderedColumn(values, in: scan.groups), threads: threads)
    let within = Spearman.meanWithinPrompt(
      levels: lengths.levels, codes: lengths.codes, values: values,
      groups: PromptGroups(offsets: scan.groups.offsets, order: scan.groups.order))
    withinPrompt = within.mean
    prompts = within.prompts
  }
}
