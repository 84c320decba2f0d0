/// The bytes of a file, to be read in any order.
package protocol ParquetInput: AnyObject {
  var byteCount: Int { get }

  /// Fills the room that there is, but for what is behind the end of the file.
  func read(at offset: Int, into room: inout OutputSpan<UInt8>) throws(ParquetError)
}

extension ParquetInput {
  /// Reads a range that has to be there, into memory that is used again.
  package func read(_ range: Range<Int>, into memory: inout [UInt8]) throws(ParquetError) {
    guard range.lowerBound >= 0, range.upperBound <= byteCount else {
      throw .damaged("the metadata points behind the end of the file")
    }
    memory.removeAll(keepingCapacity: true)
    try memory.append(addingCapacity: range.count) { (room) throws(ParquetError) in
      try read(at: range.lowerBound, into: &room)
    }
    guard memory.count == range.count else { throw .damaged("the file ends too early") }
  }
}
