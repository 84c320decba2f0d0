/// Something that bytes can be pulled from, by one thread at a time.
protocol ByteSource: AnyObject {
  /// Reads the next bytes into the front of `buffer`, which must not be empty.
  ///
  /// - Returns: How many bytes; 0 only at the end, which has then been verified.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(IngestError) -> Int
}

/// A source whose next bytes can be looked at before they are taken.
final class BufferedSource: ByteSource {
  private let upstream: any ByteSource
  private let storage: UnsafeMutableRawBufferPointer
  private var start = 0
  private var end = 0
  private var isAtEnd = false
  /// How many bytes have been taken.
  private(set) var offset = 0

  /// Buffers a source.
  ///
  /// - Parameter capacity: How many bytes can be looked at in advance.
  init(_ upstream: any ByteSource, capacity: Int = 1 << 17) {
    self.upstream = upstream
    storage = .allocate(byteCount: capacity, alignment: 16)
  }

  deinit { storage.deallocate() }

  /// The next bytes, at least `count` of them unless the end is nearer.
  ///
  /// They are valid until the next call of any method.
  func peek(_ count: Int = 1) throws(IngestError) -> UnsafeRawBufferPointer {
    precondition(count <= storage.count)
    if end - start < count, !isAtEnd {
      if start > 0, let base = storage.baseAddress {
        base.copyMemory(from: base + start, byteCount: end - start)
        end -= start
        start = 0
      }
      while end < count, !isAtEnd {
        let read = try upstream.read(into: UnsafeMutableRawBufferPointer(rebasing: storage[end...]))
        end += read
        isAtEnd = read == 0
      }
    }
    return UnsafeRawBufferPointer(rebasing: storage[start..<end])
  }

  /// Takes bytes that were looked at.
  func consume(_ count: Int) {
    precondition(count <= end - start)
    start += count
    offset += count
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(IngestError) -> Int {
    var count = min(buffer.count, end - start)
    if count > 0 {
      buffer.copyMemory(
        from: UnsafeRawBufferPointer(rebasing: storage[start..<(start + count)]))
      start += count
    } else if !isAtEnd {
      // Nothing is buffered, so the bytes need not be copied twice.
      count = try upstream.read(into: buffer)
      isAtEnd = count == 0
    }
    offset += count
    return count
  }

  /// Reads to the end, for the sake of what is verified there.
  func drain() throws(IngestError) {
    while true {
      let count = try peek().count
      guard count > 0 else { return }
      consume(count)
    }
  }
}
