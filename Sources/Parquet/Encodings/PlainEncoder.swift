internal import Bytes

/// Values as they are, one behind the other, little endian.
enum PlainEncoder {
  static func append(_ text: Span<UInt8>, to output: inout [UInt8]) {
    append(UInt32(text.count), to: &output)
    output.append(copying: text)
  }

  static func append(_ value: some FixedWidthInteger, to output: inout [UInt8]) {
    withUnsafeBytes(of: value.littleEndian) { output.append(contentsOf: $0) }
  }

  /// Where the text is that was appended at a place.
  static func text(at place: Int, in bytes: Span<UInt8>) -> Range<Int> {
    let count: UInt32 = value(at: place, in: bytes)
    return place + 4..<place + 4 + Int(count)
  }

  /// The value that was appended at a place.
  static func value<Value: FixedWidthInteger & BitwiseCopyable>(
    at place: Int, in bytes: Span<UInt8>
  ) -> Value {
    let stored = bytes.bytes.unsafeLoadUnaligned(fromByteOffset: place, as: Value.self)
    return Value(littleEndian: stored)
  }
}
