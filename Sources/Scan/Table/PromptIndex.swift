internal import Columns
internal import Hashing

/// Numbers prompts in the order of their first appearance.
///
/// An open-addressing table of four-byte numbers over a column of keys takes about 24 bytes a
/// prompt where a `Dictionary` would take up to 60.
struct PromptIndex {
  private var keys = Column<Key>()
  private var table = [UInt32](repeating: .max, count: 1 << 12)

  private struct Key: BitwiseCopyable, Equatable {
    var high: UInt64
    var low: UInt64
  }

  /// The number of prompts.
  var count: Int { keys.count }

  /// Uniform bits of a prompt's key.
  func fingerprint(ofNumber number: Int) -> UInt64 { keys[number].high }

  /// A prompt's key.
  func key(ofNumber number: Int) -> Fingerprint.Wide {
    Fingerprint.Wide(high: keys[number].high, low: keys[number].low)
  }

  /// The number of the prompt with this key; a new one gets the next.
  mutating func number(for wide: Fingerprint.Wide) -> Int {
    let key = Key(high: wide.high, low: wide.low)
    let place = place(holding: key)
    guard table[place] == .max else { return Int(table[place]) }
    table[place] = UInt32(keys.count)
    keys.append(key)
    if keys.count * 4 > table.count * 3 { grow() }
    return keys.count - 1
  }

  /// The number of the prompt with this key; nil where there is none.
  func existingNumber(for wide: Fingerprint.Wide) -> Int? {
    let place = place(holding: Key(high: wide.high, low: wide.low))
    return table[place] == .max ? nil : Int(table[place])
  }

  /// The place in the table of the number of a key, or the one that it would get.
  private func place(holding key: Key) -> Int {
    var place = place(of: key)
    while table[place] != .max, keys[Int(table[place])] != key {
      place = (place + 1) & (table.count - 1)
    }
    return place
  }

  private func place(of key: Key) -> Int { Int(truncatingIfNeeded: key.low) & (table.count - 1) }

  private mutating func grow() {
    table = [UInt32](repeating: .max, count: table.count * 2)
    for number in 0..<keys.count {
      var place = place(of: keys[number])
      while table[place] != .max { place = (place + 1) & (table.count - 1) }
      table[place] = UInt32(number)
    }
  }
}
