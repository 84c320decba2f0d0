internal import Hashing

/// The bytes of a file or of a part of it: counted, summed up and, if wanted, digested.
final class FileSource: ByteSource {
  private let file: OpenFile
  private var position: Int
  private let end: Int
  private var hash: SHA256?
  private var sum = Checksum()

  /// How many bytes have been read.
  private(set) var byteCount = 0
  /// The checksum of everything read so far.
  var checksum: UInt64 { sum.value }

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - range: The part to read; what lies behind the file's end is not missed.
  ///   - isDigesting: Whether ``takeDigest()`` will be asked.
  init(_ file: OpenFile, range: Range<Int> = 0..<Int.max, isDigesting: Bool = false) {
    self.file = file
    position = range.lowerBound
    end = range.upperBound
    hash = isDigesting ? SHA256() : nil
  }

  func read(into room: inout OutputSpan<UInt8>) throws(IngestError) -> Int {
    let count = try file.append(at: position, atMost: end - position, to: &room)
    let bytes = room.span.extracting((room.count - count)..<room.count).bytes
    hash?.update(bytes)
    sum.update(bytes)
    position += count
    byteCount += count
    return count
  }

  /// The digest of everything read so far, once; nil if none was wanted.
  func takeDigest() -> SHA256.Digest? {
    guard let hash = hash.take() else { return nil }
    return hash.finish()
  }
}
