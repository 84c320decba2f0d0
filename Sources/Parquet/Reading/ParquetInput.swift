/// The bytes of a file, to be read in any order.
package protocol ParquetInput: AnyObject {
  var byteCount: Int { get }

  /// Reads as many bytes as the buffer has room for, fewer only at the end of the file.
  func read(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ParquetError) -> Int
}

extension ParquetInput {
  /// Reads a range that has to be there, into memory that is used again.
  func read(_ range: Range<Int>, into memory: inout [UInt8]) throws(ParquetError) {
    guard range.lowerBound >= 0, range.upperBound <= byteCount else {
      throw .damaged("the metadata points behind the end of the file")
    }
    if memory.count < range.count { memory = [UInt8](repeating: 0, count: range.count) }
    let count = try memory.withUnsafeMutableBufferPointer { (buffer) throws(ParquetError) in
      try read(
        at: range.lowerBound,
        into: UnsafeMutableRawBufferPointer(
          UnsafeMutableBufferPointer(rebasing: buffer[..<range.count])))
    }
    guard count == range.count else { throw .damaged("the file ends too early") }
  }
}
