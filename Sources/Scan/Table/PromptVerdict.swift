internal import Clean
internal import Records

/// What the filters of prompts found of one.
struct PromptVerdict: Sendable {
  /// Why the prompt is not used; nil where no filter of it alone says so.
  var drop: PromptDrop?
  /// The benchmarks' texts that it has, the best of each benchmark.
  var matches: [BenchmarkMatch] = []
  /// What near duplicates are found by; empty where they are not looked for, or there are no words.
  var signature: [UInt64] = []
}
