/// The characters that stand for bytes in byte-level vocabularies (GPT-2's `bytes_to_unicode`).
///
/// Printable characters of Latin-1 stand for themselves, the other bytes for U+0100 and on.
enum ByteAlphabet {
  /// The character of each byte.
  static let characters: [Unicode.Scalar] = {
    var characters: [Unicode.Scalar] = []
    var next: UInt8 = 0
    for byte in UInt8.min...UInt8.max {
      switch byte {
      case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: characters.append(Unicode.Scalar(byte))
      default:
        // All of them are below U+0144, and so two bytes of UTF-8.
        characters.append(Unicode.Scalar(UInt16(0x100) + UInt16(next)) ?? "\u{FFFD}")
        next += 1
      }
    }
    return characters
  }()

  /// The text with each byte as its character.
  static func spelled(_ text: Span<UInt8>) -> [UInt8] {
    var spelled: [UInt8] = []
    spelled.reserveCapacity(text.count * 2)
    for place in text.indices {
      let scalar = UInt32(characters[Int(text[place])])
      if scalar < 0x80 {
        spelled.append(UInt8(scalar))
      } else {
        spelled.append(UInt8(0xC0 | scalar >> 6))
        spelled.append(UInt8(0x80 | scalar & 0x3F))
      }
    }
    return spelled
  }
}
