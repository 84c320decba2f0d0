/// UUIDs in their usual notation.
enum UUIDText {
  /// The text of 16 bytes: lower-case digits in groups of 8, 4, 4, 4 and 12.
  static func text(_ bytes: Span<UInt8>) -> String {
    var text: [UInt8] = []
    let digits = Array("0123456789abcdef".utf8)
    for place in bytes.indices {
      let byte = bytes[place]
      if [4, 6, 8, 10].contains(place) { text.append(UInt8(ascii: "-")) }
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 0xF)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
