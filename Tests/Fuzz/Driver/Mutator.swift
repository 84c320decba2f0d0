/// Makes new inputs of old ones.
struct Mutator {
  private var state: UInt64

  /// Numbers that programs are seldom tried with, and marks of the formats.
  private static let words: [[UInt8]] =
    [
      "1.7e308", "-1.7e308", "5e-324", "9007199254740993", "9223372036854775808", "NaN",
      "Infinity", "-0", "1e999", "null", "{}", "[]", "\\ud800", "\\u0000", "\"", "\n", "\r\n", ",",
      "&a", "*a", "<<", "!!", "%", "PAR1", "ARROW1", "PK\u{1}\u{2}", "ustar",
    ].map { Array($0.utf8) } + [
      [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0x80], [0xFF, 0xFF, 0xFF, 0x7F],
      [0x28, 0xB5, 0x2F, 0xFD],
      [0x1F, 0x8B, 8, 0], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF],
      [0xFF, 0xFF, 0xFF, 0xFF, 0x0F],
    ]

  init(seed: UInt64) { state = seed }

  /// SplitMix64.
  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z &>> 31)) % UInt64(max(bound, 1)))
  }

  mutating func mutated(_ input: [UInt8], with other: [UInt8]) -> [UInt8] {
    var bytes = input
    for _ in 0...below(5) {
      let place = below(bytes.count + 1)
      let end = min(bytes.count, place + below(1 << below(8)))
      switch below(8) {
      case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8(below(8))
      case 1 where place < bytes.count: bytes[place] = UInt8(below(256))
      case 2: bytes.removeSubrange(place..<end)
      case 3: bytes.insert(contentsOf: bytes[place..<end], at: below(bytes.count + 1))
      case 4: bytes.insert(contentsOf: Self.words[below(Self.words.count)], at: place)
      case 5:
        let word = Self.words[below(Self.words.count)]
        bytes.replaceSubrange(place..<min(bytes.count, place + word.count), with: word)
      case 6 where !other.isEmpty:
        let from = below(other.count)
        bytes.replaceSubrange(
          place..<end, with: other[from..<min(other.count, from + below(1 << below(10)))])
      case 7 where below(8) == 0: bytes.removeSubrange(place...)
      default: break
      }
    }
    return bytes.count > 1 << 20 ? Array(bytes.prefix(1 << 20)) : bytes
  }
}
