/// Which split rows say that prompts belong to, to find those that stand in both.
struct GivenSplits: Sendable {
  private struct Text {
    var isTest: Bool
    /// Prompts of this text, by whatever id.
    var prompts: [Int] = []
    var isInBoth = false
  }

  private var texts: [UInt64: Text] = [:]

  /// Notes where a row has a prompt.
  ///
  /// - Parameters:
  ///   - text: The fingerprint of the prompt.
  ///   - isTest: Whether the row says that it belongs to the test split.
  ///   - isOtherwiseTest: Whether the first row of the prompt did.
  /// - Returns: The prompts that are now known to stand in both splits, and are of no use.
  mutating func note(
    _ prompt: Int, text: UInt64, isTest: Bool, isOtherwiseTest: Bool
  ) -> [Int] {
    // Taken out, so that the list is not copied.
    var known = texts.removeValue(forKey: text) ?? Text(isTest: isTest)
    defer { texts[text] = known }
    if !known.prompts.contains(prompt) { known.prompts.append(prompt) }
    if known.isTest != isTest || isOtherwiseTest != isTest { known.isInBoth = true }
    return known.isInBoth ? known.prompts : []
  }
}
