internal import Bytes
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
  /// Whether the source may refer back to what it wrote, so that it stays as it is.
  private var sharesText = false
  /// The buffer is full when it has less room than this.
  private var leastRoom: Int { sharesText ? source.leastRoom : 1 }

  init(_ source: any ByteSource, pool: BufferPool) {
    self.source = source
    self.pool = pool
    storage = ByteBuffer(capacity: 0, from: pool)
  }

  /// Gives access to the bytes that are there.
  func withBytes<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try storage.withBytes(0..<count, body)
  }

  var capacity: Int { storage.capacity }

  /// Lets the source refer back to what it writes from now on, where it can make use of that.
  mutating func shareText() {
    sharesText = source.leastRoom > 1 && pool.capacity >= 8 * source.leastRoom
  }

  /// Reads until the buffer is full or the text ends.
  ///
  /// - Throws: The source's error, with the line that was reached.
  mutating func fill(upTo limit: Int = .max) throws(IngestError) {
    while count + leastRoom <= capacity, count < limit, !isAtEnd {
      do throws(IngestError) {
        let step = try storage.write(from: count) { (room) throws(IngestError) in
          _ = sharesText ? try source.read(into: &room, of: storage) : try source.read(into: &room)
        }
        count += step
        isAtEnd = step == 0
      } catch {
        var error = error
        if error.location?.line == nil {
          error.location?.line = position.line + withBytes { $0.count(of: TextByte.newline) }
        }
        throw error
      }
    }
  }

  /// Makes room for more.
  mutating func grow(to capacity: Int) {
    let larger = ByteBuffer(capacity: capacity + leastRoom - 1, from: pool)
    withBytes { larger.copyFront(from: $0) }
    storage = larger
  }

  /// Removes bytes from the front.
  mutating func discard(_ prefixCount: Int) {
    _ = take(prefixCount)
  }

  /// Removes bytes from the front.
  ///
  /// - Returns: The buffer that holds them at its front, padded, and their place in the text. Where
  ///   the text is shared, what follows it stands before the padding.
  mutating func take(_ prefixCount: Int) -> (storage: ByteBuffer, position: TextPosition) {
    let taken = (storage, position)
    let restCount = count - prefixCount
    let fresh = ByteBuffer(capacity: restCount, from: pool)
    storage.withBytes(prefixCount..<count) { fresh.copyFront(from: $0) }
    storage.withBytes(0..<prefixCount) { position.advance(over: $0) }
    offset += prefixCount
    storage.pad(after: sharesText ? count : prefixCount)
    storage = fresh
    count = restCount
    return taken
  }
}
