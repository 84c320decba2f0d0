/// The RLE and bit-packing hybrid, for levels and dictionary indices.
///
/// Runs of eight and more equal values are counted, what is between is packed in groups of eight.
enum LevelEncoder {
  /// How many bits the values up to `largest` take.
  static func bitWidth(of largest: Int) -> Int { Int.bitWidth - largest.leadingZeroBitCount }

  /// Appends encoded values, without the length that stands before levels.
  static func append<Value: FixedWidthInteger>(
    _ values: [Value], bitWidth: Int, to output: inout [UInt8]
  ) {
    var packedStart = 0
    var index = 0
    while index < values.count {
      let value = values[index]
      var end = index + 1
      while end < values.count, values[end] == value { end += 1 }
      // Packed groups are whole but for the last, so a run lends them what they lack.
      let lent = (8 - (index - packedStart) % 8) % 8
      if end - index - lent >= 8 {
        pack(values[packedStart..<(index + lent)], bitWidth, to: &output)
        count(end - index - lent, of: UInt64(value), bitWidth, to: &output)
        packedStart = end
      }
      index = end
    }
    pack(values[packedStart...], bitWidth, to: &output)
  }

  private static func count(
    _ repetitions: Int, of value: UInt64, _ bitWidth: Int, to output: inout [UInt8]
  ) {
    appendVariable(UInt64(repetitions) << 1, to: &output)
    for byte in 0..<((bitWidth + 7) / 8) {
      output.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * byte)))
    }
  }

  private static func pack<Value: FixedWidthInteger>(
    _ values: ArraySlice<Value>, _ bitWidth: Int, to output: inout [UInt8]
  ) {
    guard !values.isEmpty else { return }
    let groups = (values.count + 7) / 8
    appendVariable(UInt64(groups) << 1 | 1, to: &output)
    var buffer: UInt64 = 0
    var bits = 0
    func drain(_ least: Int) {
      while bits >= least, bits > 0 {
        output.append(UInt8(truncatingIfNeeded: buffer))
        buffer >>= 8
        bits = max(bits - 8, 0)
      }
    }
    for value in values {
      buffer |= UInt64(truncatingIfNeeded: value) << UInt64(bits)
      bits += bitWidth
      drain(8)
    }
    // The last group is filled up with zeros.
    for _ in 0..<(groups * 8 - values.count) {
      bits += bitWidth
      drain(8)
    }
    drain(1)
  }

  private static func appendVariable(_ value: UInt64, to output: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      output.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    output.append(UInt8(rest))
  }
}
