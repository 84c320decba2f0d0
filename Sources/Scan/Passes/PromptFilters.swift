package import Clean
package import Records

/// What is looked for in prompts while rows are measured.
package struct PromptFilters: Sendable {
  /// The texts that no prompt may have.
  package var benchmarks: BenchmarkIndex?
  /// Prompts with a larger share of words in repeated n-grams are dropped.
  package var repetition: (share: Double, ngramSize: Int)?
  /// Prompts with a smaller share of letters of these scripts are dropped.
  package var scripts: (systems: [WritingSystem], share: Double)?
  /// What near duplicates are found by.
  package var signature: (shape: BandShape, ngramSize: Int)?

  package init() {}

  /// Whether nothing is looked for.
  var isEmpty: Bool {
    benchmarks == nil && repetition == nil && scripts == nil && signature == nil
  }

  /// How many numbers a signature has.
  var bandCount: Int { signature?.shape.bands ?? 0 }
}
