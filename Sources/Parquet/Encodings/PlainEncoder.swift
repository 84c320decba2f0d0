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
}
