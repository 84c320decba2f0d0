internal import Bytes

/// Reads the RLE and bit-packing hybrid some values at a time, as it stands in levels, indices and
/// booleans.
///
/// A few bytes may stand for billions of equal values, so they are never all made at once.
struct HybridReader<Value: FixedWidthInteger & UnsignedInteger> {
  private let bytes: [UInt8]
  private var position: Int
  private let end: Int
  private let bitWidth: Int
  /// What is left of the present run: of one value, or packed from a bit on.
  private var left = 0
  private var repeated: Value?
  private var firstBit = 0

  /// - Parameter bitWidth: The bits of a value, 0 to 32.
  init(_ bytes: [UInt8], in range: Range<Int>, bitWidth: Int) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
    self.bitWidth = bitWidth
  }

  /// Appends the next values.
  mutating func next(_ count: Int, to values: inout [Value]) throws(ParquetError) {
    let bytes = bytes
    var wanted = count
    while wanted > 0 {
      if left == 0 { try beginRun(wanted) }
      let step = min(left, wanted)
      if let repeated {
        values.append(contentsOf: repeatElement(repeated, count: step))
      } else {
        let packed = bytes.span.extracting(0..<end)
        for index in 0..<step {
          let bits = BitReader.value(packed, at: firstBit + index * bitWidth, width: bitWidth)
          values.append(Value(truncatingIfNeeded: bits))
        }
        firstBit += step * bitWidth
      }
      left -= step
      wanted -= step
    }
  }

  /// How many of the next values are a certain one.
  func count(of value: Value, among count: Int) throws(ParquetError) -> Int {
    var reader = self
    var (found, wanted) = (0, count)
    while wanted > 0 {
      if reader.left == 0 { try reader.beginRun(wanted) }
      let step = min(reader.left, wanted)
      if let repeated = reader.repeated {
        found += repeated == value ? step : 0
      } else {
        let packed = bytes.span.extracting(0..<end)
        for index in 0..<step {
          let place = reader.firstBit + index * bitWidth
          if BitReader.value(packed, at: place, width: bitWidth) == UInt64(value) { found += 1 }
        }
        reader.firstBit += step * bitWidth
      }
      reader.left -= step
      wanted -= step
    }
    return found
  }

  /// - Parameter wanted: How many values are wanted still: some writers cut the last group short.
  private mutating func beginRun(_ wanted: Int) throws(ParquetError) {
    let bytes = bytes
    let source = bytes.span.extracting(0..<end)
    guard let header = Varint.read(source, &position) else { throw Self.damaged }
    if header & 1 == 0 {
      left = Int(clamping: header >> 1)
      let width = (bitWidth + 7) / 8
      guard left > 0, width <= end - position else { throw Self.damaged }
      var value: UInt64 = 0
      for byte in 0..<width { value |= UInt64(source[position + byte]) << UInt64(8 * byte) }
      position += width
      guard let value = Value(exactly: value) else { throw Self.damaged }
      repeated = value
    } else {
      let groups = Int(clamping: header >> 1)
      guard groups > 0, groups <= 1 << 31 else { throw Self.damaged }
      left = bitWidth == 0 ? groups * 8 : min(groups * 8, (end - position) * 8 / bitWidth)
      guard left > 0, left >= min(wanted, groups * 8) else { throw Self.damaged }
      repeated = nil
      firstBit = position * 8
      position += min(groups * bitWidth, end - position)
    }
  }

  private static var damaged: ParquetError { .damaged("a page's levels or indices are damaged") }
}
