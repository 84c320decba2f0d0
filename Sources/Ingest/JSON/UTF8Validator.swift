/// Strict UTF-8 (Unicode 15, table 3-7): no overlong forms, no surrogates, nothing past U+10FFFF.
enum UTF8Validator {
  /// The offset of the first byte of the first ill-formed sequence in `start..<end`, or nil.
  ///
  /// - Precondition: at least eight readable bytes follow `end`.
  static func firstFault(in base: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int? {
    var position = start
    while position < end {
      let word = UnsafeRawPointer(base + position).loadUnaligned(as: UInt64.self)
      if word & 0x8080_8080_8080_8080 == 0 {
        position += 8
        continue
      }
      let lead = base[position]
      if lead < 0x80 {
        position += 1
        continue
      }
      guard let length = sequenceLength(at: base + position, available: end - position) else {
        return position
      }
      position += length
    }
    return nil
  }

  /// The length of the well-formed multi-byte sequence at `pointer`, or nil.
  private static func sequenceLength(at pointer: UnsafePointer<UInt8>, available: Int) -> Int? {
    func isContinuation(_ index: Int) -> Bool { pointer[index] & 0xC0 == 0x80 }
    switch pointer[0] {
    case 0xC2...0xDF:
      return available >= 2 && isContinuation(1) ? 2 : nil
    case 0xE0...0xEF:
      guard available >= 3, isContinuation(1), isContinuation(2) else { return nil }
      if pointer[0] == 0xE0, pointer[1] < 0xA0 { return nil }
      if pointer[0] == 0xED, pointer[1] > 0x9F { return nil }
      return 3
    case 0xF0...0xF4:
      guard available >= 4, isContinuation(1), isContinuation(2), isContinuation(3) else {
        return nil
      }
      if pointer[0] == 0xF0, pointer[1] < 0x90 { return nil }
      if pointer[0] == 0xF4, pointer[1] > 0x8F { return nil }
      return 4
    default:
      return nil
    }
  }
}
