internal import Clean
internal import Columns

/// What the filters of prompts found, prompt by prompt.
struct PromptVerdictTable: Sendable {
  /// For each prompt its signature, as many numbers as there are bands, all 0 where it has no words.
  private(set) var signatures = Column<UInt64>()
  /// Prompts that have benchmarks' texts.
  private(set) var foundTexts: [(prompt: Int, match: BenchmarkMatch)] = []
  private var count = 0

  /// Adds the next prompt.
  ///
  /// - Parameter bandCount: How many numbers signatures have; nil without any.
  mutating func append(_ verdict: PromptVerdict, bandCount: Int?) {
    foundTexts += verdict.matches.map { (count, $0) }
    count += 1
    guard let bandCount else { return }
    if verdict.signature.isEmpty {
      signatures.append(repeatElement(0, count: bandCount))
    } else {
      signatures.append(verdict.signature)
    }
  }

  /// Gives the memory of signatures back.
  mutating func forgetSignatures() { signatures = Column() }
}
