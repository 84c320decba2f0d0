internal import Records

/// The part of a text that is being cut into rows: filled from a source, emptied from the front.
struct RowBuffer {
  private let source: any ByteSource
  private let pool: BufferPool
  private var storage: ByteBuffer
  /// How many bytes are there.
  private(set) var count = 0
  /// Where the first byte stands in the text.
  private(set) var position = TextPosition()
  /// How many bytes of the text are before the first byte.
  private(set) var offset = 0
  private(set) var isAtEnd = false

  init(_ source: any ByteSource, pool: BufferPool) {
    self.source = source
    self.pool = pool
    storage = ByteBuffer(capacity: 0, from: pool)
  }

  /// The bytes that are there, valid until the next mutation.
  var bytes: UnsafeRawBufferPointer { storage.bytes(0..<count) }

  var capacity: Int { storage.capacity }

  /// Reads until the buffer is full or the text ends.
  ///
  /// - Throws: The source's error, with the line that was reached.
  mutating func fill(upTo limit: Int = .max) throws(IngestError) {
    while count < min(capacity, limit), !isAtEnd {
      do throws(IngestError) {
        let step = try source.read(into: storage.room(from: count))
        count += step
        isAtEnd = step == 0
      } catch {
        var error = error
        if error.location?.line == nil { error.location?.line = position.line + bytes.newlineCount }
        throw error
      }
    }
  }

  /// Makes room for more.
  mutating func grow(to capacity: Int) {
    let larger = ByteBuffer(capacity: capacity, from: pool)
    larger.copyFront(from: bytes)
    storage = larger
  }

  /// Removes bytes from the front.
  mutating func discard(_ prefixCount: Int) {
    _ = take(prefixCount)
  }

  /// Removes bytes from the front.
  ///
  /// - Returns: The buffer that holds them at its front, padded, and their place in the text.
  mutating func take(_ prefixCount: Int) -> (storage: ByteBuffer, position: TextPosition) {
    let taken = (storage, position)
    let rest = storage.bytes(prefixCount..<count)
    let fresh = ByteBuffer(capacity: rest.count, from: pool)
    fresh.copyFront(from: rest)
    position.advance(over: storage.bytes(0..<prefixCount))
    offset += prefixCount
    storage.pad(after: prefixCount)
    storage = fresh
    count = rest.count
    return taken
  }
}
