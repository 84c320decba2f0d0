internal import Calibrate
package import Scan
internal import Work

/// Prompts that stand for all where pairs are selected many times over: all of them where they are
/// few, else some thousand that their fingerprints choose, so that they are the same in any order of
/// the input.
package struct PromptSample {
  /// Their numbers, ascending.
  package let prompts: [Int]
  /// How many prompts they stand for.
  let populationCount: Int

  /// Whether some prompts are left out.
  package var isPart: Bool { populationCount > Self.limit }

  /// About so many prompts are taken.
  private static let limit = 4096
  /// Prompts that one thread works on at a time; a part of the result, as sums are rounded.
  private static let chunkSize = 256

  /// A sample of the prompts that may give pairs.
  package init(_ table: CandidateTable, _ selections: PromptSelections) {
    populationCount =
      selections.after.caps == nil
      ? table.promptCountWithinLimit
      : (0..<table.promptCount).count {
        table.isWithinLimit(prompt: $0) && selections.isWithinCaps(prompt: $0)
      }
    let share = Double(Self.limit) / Double(max(1, populationCount))
    prompts = (0..<table.promptCount).filter { prompt in
      // Other bits than those that choose the group.
      let draw = Double(table.fingerprint(ofPrompt: prompt) & 0xFFFF_FFFF) * 0x1p-32
      return draw < share && table.drop(ofPrompt: prompt) == nil
        && selections.isWithinCaps(prompt: prompt)
    }
  }

  /// Does something with the prompts in parts, side by side; the results in the order of the parts.
  package func map<Result: Sendable>(
    threads: Int, _ transform: @Sendable (ArraySlice<Int>) throws -> Result
  ) throws -> [Result] {
    let chunks = stride(from: 0, to: prompts.count, by: Self.chunkSize).map {
      prompts[$0..<min($0 + Self.chunkSize, prompts.count)]
    }
    return try Concurrent.map(chunks, threads: threads) { chunk in
      Swift.Result<Result, any Error> { try transform(chunk) }
    }.map { try $0.get() }
  }
}
