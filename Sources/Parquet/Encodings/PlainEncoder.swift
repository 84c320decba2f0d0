/// Values as they are, one behind the other, little endian.
enum PlainEncoder {
  static func append(_ text: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
    append(UInt32(text.count), to: &output)
    output.append(contentsOf: text)
  }

  static func append(_ value: some FixedWidthInteger, to output: inout [UInt8]) {
    withUnsafeBytes(of: value.littleEndian) { output.append(contentsOf: $0) }
  }
}
