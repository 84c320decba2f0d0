internal import Bytes
internal import Hashing

/// The different texts of a column, numbered as they first come.
struct TextDictionary {
  /// The texts as values of a PLAIN page.
  private(set) var bytes: [UInt8] = []
  private(set) var count = 0
  /// Where each text begins in `bytes`.
  private var starts: [Int] = []
  /// For each fingerprint the texts that have it.
  private var numbers: [UInt64: Int] = [:]

  /// The number of a text, which becomes one of the dictionary if it is new.
  mutating func number(of text: Span<UInt8>) -> Int {
    var fingerprint = Fingerprint.of(text.bytes)
    while let number = numbers[fingerprint] {
      if isText(number, text) { return number }
      // Two texts of one fingerprint: the next one that is free.
      fingerprint &+= 1
    }
    let number = count
    numbers[fingerprint] = number
    starts.append(bytes.count)
    PlainEncoder.append(text, to: &bytes)
    count += 1
    return number
  }

  private func isText(_ number: Int, _ text: Span<UInt8>) -> Bool {
    let start = starts[number] + 4
    let end = number + 1 < count ? starts[number + 1] : bytes.count
    return bytes.span.extracting(start..<end).equals(text)
  }
}
