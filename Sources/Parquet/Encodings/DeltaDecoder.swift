/// Reads integers written as packed differences: the encoding DELTA_BINARY_PACKED.
enum DeltaDecoder {
  /// Decodes a whole run of integers.
  ///
  /// - Parameter limit: More values than this are not believed.
  /// - Returns: The values, and how many bytes they took.
  static func values(
    _ bytes: Span<UInt8>, limit: Int
  ) throws(ParquetError) -> (values: [Int64], byteCount: Int) {
    var position = 0
    let blockSize = Int(clamping: try variable(bytes, &position))
    let miniblocks = Int(clamping: try variable(bytes, &position))
    let count = Int(clamping: try variable(bytes, &position))
    let first = zigzag(try variable(bytes, &position))
    guard count <= limit, (1...4096).contains(miniblocks), blockSize <= 1 << 20,
      blockSize > 0, blockSize.isMultiple(of: miniblocks),
      (blockSize / miniblocks).isMultiple(of: 8)
    else { throw damaged }
    let size = blockSize / miniblocks
    var values: [Int64] = []
    guard count > 0 else { return (values, position) }
    values.append(first)
    while values.count < count {
      let least = zigzag(try variable(bytes, &position))
      guard miniblocks <= bytes.count - position else { throw damaged }
      let widths = position
      position += miniblocks
      for miniblock in 0..<miniblocks where values.count < count {
        let width = Int(bytes[widths + miniblock])
        guard width <= 64, size * width / 8 <= bytes.count - position else { throw damaged }
        let packed = bytes.extracting(position..<(position + size * width / 8))
        for index in 0..<min(size, count - values.count) {
          let step = BitReader.value(packed, at: index * width, width: width)
          values.append(values[values.count - 1] &+ least &+ Int64(bitPattern: step))
        }
        position += size * width / 8
      }
    }
    return (values, position)
  }

  private static func zigzag(_ value: UInt64) -> Int64 {
    Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  private static func variable(
    _ bytes: Span<UInt8>, _ position: inout Int
  ) throws(ParquetError) -> UInt64 {
    guard let value = Varint.read(bytes, &position) else { throw damaged }
    return value
  }

  private static var damaged: ParquetError { .damaged("packed differences are damaged") }
}
