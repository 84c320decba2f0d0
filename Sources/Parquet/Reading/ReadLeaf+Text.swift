internal import Hashing
package import JSON

/// What becomes of a value in a row.
extension ReadLeaf {
  /// Writes a number or a boolean, as JSON.
  ///
  /// - Parameter bits: Its bits, of which a type of 32 bits has the lower half.
  package func write(number bits: UInt64, to output: inout JSONText) {
    switch form {
    case .boolean: output.append(bits != 0 ? "true" : "false")
    case .signed: output.append(Int(integer(bits)))
    case .unsigned:
      output.append(
        json: String(type == .int32 ? UInt64(UInt32(truncatingIfNeeded: bits)) : bits))
    case .float:
      write(Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))), to: &output)
    case .double: write(Double(bitPattern: bits), to: &output)
    case .decimal(let scale):
      output.append(json: DecimalText.text(integer(bits), scale: scale))
    case .date: output.append(string: TimeText.date(integer(bits)))
    case .time(let unit): output.append(string: TimeText.time(integer(bits), unit))
    case .timestamp(let unit, let isUTC):
      output.append(string: TimeText.timestamp(integer(bits), unit) + (isUTC ? "Z" : ""))
    case .half, .text, .bytes, .bytesOrDigest, .dayAndTime, .uuid, nil: output.append("null")
    }
  }

  /// Writes what stands in bytes, as JSON.
  ///
  /// - Parameter room: Of a longer text only the beginning is written, a byte more than that.
  package func write(
    bytes: Span<UInt8>, room: Int = .max, to output: inout JSONText
  ) throws(ParquetError) {
    switch form {
    case .text, .bytes: append(bytes, room, to: &output)
    case .bytesOrDigest:
      do {
        _ = try UTF8Span(validating: bytes)
        append(bytes, room, to: &output)
      } catch {
        let digest = SHA256.digest(of: bytes.bytes).hexadecimal
        output.append(string: "sha256:\(digest)")
      }
    case .half:
      write(HalfFloat.value(ofBits: UInt16(bytes[0]) | UInt16(bytes[1]) << 8), to: &output)
    case .decimal(let scale): output.append(json: try DecimalText.text(bytes, scale: scale))
    case .dayAndTime: output.append(string: TimeText.dayAndTime(bytes))
    case .uuid: output.append(string: UUIDText.text(bytes))
    case .boolean, .signed, .unsigned, .float, .double, .date, .time, .timestamp, nil:
      output.append("null")
    }
  }

  private func append(_ text: Span<UInt8>, _ room: Int, to output: inout JSONText) {
    output.append(string: room < text.count ? text.extracting(0..<(max(room, 0) + 1)) : text)
  }

  func integer(_ bits: UInt64) -> Int64 {
    type == .int32 ? Int64(Int32(truncatingIfNeeded: bits)) : Int64(bitPattern: bits)
  }

  /// JSON has no words for what is not finite, but rows of JSON have those of Python.
  private func write(_ number: Double, to output: inout JSONText) {
    if number.isNaN {
      output.append("NaN")
    } else if number.isInfinite {
      output.append(number < 0 ? "-Infinity" : "Infinity")
    } else {
      output.append(number)
    }
  }
}
