internal import Bytes

/// The values of a page or dictionary, without nulls.
struct DecodedValues {
  /// The bits of numbers and booleans.
  var numbers: [UInt64] = []
  /// The bytes that texts are in.
  var bytes: [UInt8] = []
  /// Where each text begins and how long it is.
  var starts: [UInt32] = []
  var lengths: [UInt32] = []

  /// How many values there are.
  func count(of type: PhysicalType) -> Int { type.isBytes ? starts.count : numbers.count }

  /// Gives access to the bytes of one value.
  func withBytes<Result, Failure: Error>(
    _ place: Int, _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let (start, length) = (Int(starts[place]), Int(lengths[place]))
    return try body(bytes.span.extracting(start..<(start + length)))
  }
}

/// Decodes values of one physical type.
struct ValueDecoder {
  let leaf: ReadLeaf
  /// Texts that repeat beginnings may come to more than the page takes, but not to more than this.
  private static let textLimit = 64 << 20

  /// What so many values take at most beside the page's bytes: a number with its bits on the way to
  /// it, or a place and a length.
  func cost(of count: Int) -> Int {
    16 * count
  }

  /// Decodes `count` values from the bytes behind `start`.
  func values(
    _ whole: [UInt8], from start: Int, count: Int, encoding: Int32
  ) throws(ParquetError) -> DecodedValues {
    let bytes = whole.span.extracting(start..<whole.count)
    switch (PageEncoding(rawValue: encoding), leaf.type) {
    case (.plain, .byteArray): return try plainTexts(whole, from: start, count)
    case (.plain, .fixedLengthByteArray), (.plain, .int96):
      return try fixedLengths(Array(copying: bytes), count)
    case (.plain, .boolean): return try plainBooleans(bytes, count)
    case (.plain, _): return try plainNumbers(bytes, count)
    case (.rle, .boolean): return try runBooleans(bytes, count)
    case (.deltaBinaryPacked, .int32), (.deltaBinaryPacked, .int64):
      let values = try DeltaDecoder.values(bytes, limit: count).values
      guard values.count == count else { throw damaged }
      return DecodedValues(numbers: values.map { UInt64(bitPattern: $0) })
    case (.deltaLengthByteArray, .byteArray): return try countedTexts(bytes, count)
    case (.deltaByteArray, .byteArray): return try continuedTexts(bytes, count)
    case (.deltaByteArray, .fixedLengthByteArray):
      let values = try continuedTexts(bytes, count)
      guard values.lengths.allSatisfy({ Int($0) == leaf.byteCount }) else { throw damaged }
      return values
    case (.byteStreamSplit, .fixedLengthByteArray): return try splitBytes(bytes, count)
    case (.byteStreamSplit, .float), (.byteStreamSplit, .double), (.byteStreamSplit, .int32),
      (.byteStreamSplit, .int64):
      return try splitNumbers(bytes, count)
    default:
      throw .unsupported("the encoding \(PageEncoding.name(encoding)) of type \(leaf.type)")
    }
  }

  private var width: Int { leaf.type == .int32 || leaf.type == .float ? 4 : 8 }

  private func plainNumbers(
    _ bytes: Span<UInt8>, _ count: Int
  ) throws(ParquetError) -> DecodedValues {
    guard count <= bytes.count / width else { throw damaged }
    var values = DecodedValues()
    values.numbers = [UInt64](capacity: count) { numbers in
      for index in 0..<count {
        numbers.append(
          width == 4
            ? UInt64(bytes.littleEndian(UInt32.self, at: 4 * index))
            : bytes.littleEndian(UInt64.self, at: 8 * index))
      }
    }
    return values
  }

  private func splitNumbers(
    _ bytes: Span<UInt8>, _ count: Int
  ) throws(ParquetError) -> DecodedValues {
    guard count <= bytes.count / width else { throw damaged }
    var values = DecodedValues()
    for index in 0..<count {
      var number: UInt64 = 0
      for byte in 0..<width { number |= UInt64(bytes[byte * count + index]) << UInt64(8 * byte) }
      values.numbers.append(number)
    }
    return values
  }

  /// Values that stand one behind the other in the first of the bytes.
  private func fixedLengths(_ bytes: [UInt8], _ count: Int) throws(ParquetError) -> DecodedValues {
    let width = leaf.byteCount
    guard width > 0, count <= bytes.count / width else { throw damaged }
    return DecodedValues(
      bytes: bytes, starts: (0..<count).map { UInt32($0 * width) },
      lengths: Array(repeating: UInt32(width), count: count))
  }

  private func splitBytes(
    _ bytes: Span<UInt8>, _ count: Int
  ) throws(ParquetError) -> DecodedValues {
    let width = leaf.byteCount
    guard width > 0, count <= bytes.count / width else { throw damaged }
    var joined = [UInt8](repeating: 0, count: count * width)
    for index in 0..<count {
      for byte in 0..<width { joined[index * width + byte] = bytes[byte * count + index] }
    }
    return try fixedLengths(joined, count)
  }

  private func plainBooleans(
    _ bytes: Span<UInt8>, _ count: Int
  ) throws(ParquetError) -> DecodedValues {
    guard (count + 7) / 8 <= bytes.count else { throw damaged }
    var values = DecodedValues()
    values.numbers.reserveCapacity(count)
    for index in 0..<count {
      values.numbers.append(UInt64(bytes[index >> 3] >> UInt8(index & 7) & 1))
    }
    return values
  }

  private func runBooleans(
    _ bytes: Span<UInt8>, _ count: Int
  ) throws(ParquetError) -> DecodedValues {
    guard bytes.count >= 4 else { throw damaged }
    var reader = HybridReader<UInt64>(Array(copying: bytes), in: 4..<bytes.count, bitWidth: 1)
    var values = DecodedValues()
    try reader.next(count, to: &values.numbers)
    return values
  }

  // MARK: Texts

  private func plainTexts(
    _ whole: [UInt8], from start: Int, _ count: Int
  ) throws(ParquetError) -> DecodedValues {
    guard count <= (whole.count - start) / 4 else { throw damaged }
    // The same memory as the page's.
    var values = DecodedValues(bytes: whole)
    values.starts.reserveCapacity(count)
    values.lengths.reserveCapacity(count)
    let bytes = whole.span
    var position = start
    for _ in 0..<count {
      guard bytes.count - position >= 4 else { throw damaged }
      let length = bytes.littleEndian(UInt32.self, at: position)
      position += 4
      guard Int(length) <= bytes.count - position else { throw damaged }
      values.starts.append(UInt32(position))
      values.lengths.append(length)
      position += Int(length)
    }
    return values
  }

  private func countedTexts(
    _ bytes: Span<UInt8>, _ count: Int
  ) throws(ParquetError) -> DecodedValues {
    let lengths = try DeltaDecoder.values(bytes, limit: count)
    guard lengths.values.count == count else { throw damaged }
    var values = DecodedValues(
      bytes: Array(copying: bytes.extracting(lengths.byteCount..<bytes.count)))
    var position = 0
    for length in lengths.values {
      guard length >= 0, length <= values.bytes.count - position else { throw damaged }
      values.starts.append(UInt32(position))
      values.lengths.append(UInt32(length))
      position += Int(length)
    }
    return values
  }

  private func continuedTexts(
    _ bytes: Span<UInt8>, _ count: Int
  ) throws(ParquetError) -> DecodedValues {
    let shared = try DeltaDecoder.values(bytes, limit: count)
    guard shared.values.count == count else { throw damaged }
    let rests = try countedTexts(bytes.extracting(shared.byteCount..<bytes.count), count)
    var values = DecodedValues()
    for (index, prefix) in shared.values.enumerated() {
      let start = values.bytes.count
      let previous = index == 0 ? 0 : Int(values.lengths[index - 1])
      guard prefix >= 0, prefix <= previous else { throw damaged }
      if prefix > 0 {
        let before = Int(values.starts[index - 1])
        values.bytes += Array(values.bytes[before..<(before + Int(prefix))])
      }
      let rest = Int(rests.starts[index])
      values.bytes += rests.bytes[rest..<(rest + Int(rests.lengths[index]))]
      guard values.bytes.count <= Self.textLimit else {
        throw ParquetError(.tooLarge, "a page's texts take more than 64 MiB")
      }
      values.starts.append(UInt32(start))
      values.lengths.append(UInt32(values.bytes.count - start))
    }
    return values
  }

  private var damaged: ParquetError { .damaged("a page holds fewer values than it says") }
}
