internal import Hashing

/// The prompts of earlier datasets, which are not used again: as what tells them apart, no texts.
///
/// A prompt takes 24 bytes.
package struct ExcludedPrompts: Sendable {
  /// Of ids, and of prompts by their text; in ascending order.
  private let ids: [UInt128]
  private let texts: [UInt64]
  /// What was read.
  package let inputs: [InputReport]

  /// - Parameters:
  ///   - keys: Of prompts with ids.
  ///   - texts: Fingerprints of prompts.
  init(keys: [Fingerprint.Wide], texts: [UInt64], inputs: [InputReport]) {
    ids = keys.map(\.number).sorted()
    self.texts = texts.sorted()
    self.inputs = inputs
  }

  /// Whether a prompt has the id, or the text, of one of them.
  ///
  /// - Parameters:
  ///   - key: What the prompt's candidates share.
  ///   - text: The fingerprint of the prompt.
  func contains(key: Fingerprint.Wide, text: UInt64) -> Bool {
    ids.holds(key.number) || texts.holds(text)
  }
}

extension Fingerprint.Wide {
  fileprivate var number: UInt128 { UInt128(high) << 64 | UInt128(low) }
}

extension Array where Element: Comparable {
  /// Whether an element is in the list, which is in ascending order.
  fileprivate func holds(_ element: Element) -> Bool {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < element { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == element
  }
}
