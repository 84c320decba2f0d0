extension FileMetadata {
  /// Footers larger than this are not believed.
  private static let footerLimit = 64 << 20

  /// Reads the metadata at the end of a file.
  init(of input: any ParquetInput) throws(ParquetError) {
    let ends = FileMetadata.magic.count
    guard input.byteCount >= 2 * ends + 4 else { throw .damaged("the file is too short") }
    var memory: [UInt8] = []
    try input.read((input.byteCount - ends - 4)..<input.byteCount, into: &memory)
    let tail = Array(memory[4..<(4 + ends)])
    guard tail != FileMetadata.encryptedMagic else {
      throw .unsupported("the file is encrypted")
    }
    guard tail == FileMetadata.magic else {
      throw .damaged("the file does not end as Parquet does: it was cut off or is not complete")
    }
    let count = memory[..<4].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard count <= Self.footerLimit else {
      throw ParquetError(.tooLarge, "the metadata takes \(count) bytes")
    }
    let end = input.byteCount - ends - 4
    guard count > 0, count <= end - ends else {
      throw .damaged("the metadata is larger than the file")
    }
    try input.read((end - count)..<end, into: &memory)
    var reader = ThriftReader(memory[...])
    try self.init(try reader.structure(.fileMetadata))
  }
}
