internal import Bytes

/// Something that bytes can be pulled from, by one thread at a time.
protocol ByteSource: AnyObject {
  /// Appends the next bytes to what there is room for, which must not be nothing.
  ///
  /// - Returns: How many bytes; 0 only at the end, which has then been verified.
  func read(into room: inout OutputSpan<UInt8>) throws(IngestError) -> Int

  /// Appends the next bytes to memory that does not change while `owner` lives.
  ///
  /// A decoder refers back to what it wrote there, and need not keep a copy of it.
  ///
  /// - Parameter room: Has ``leastRoom`` free or more.
  /// - Returns: As ``read(into:)`` does.
  func read(
    into room: inout OutputSpan<UInt8>, of owner: AnyObject
  ) throws(IngestError) -> Int

  /// In how much room the next bytes fit whatever comes, where they are written to memory that stays.
  var leastRoom: Int { get }

  /// Puts the next bytes in place of those of an array, which have all been taken.
  ///
  /// - Parameter count: About how many are wanted; none come only at the end.
  func refill(_ storage: inout [UInt8], with count: Int) throws(IngestError)
}

extension ByteSource {
  func read(
    into room: inout OutputSpan<UInt8>, of owner: AnyObject
  ) throws(IngestError) -> Int {
    try read(into: &room)
  }

  var leastRoom: Int { 1 }

  func refill(_ storage: inout [UInt8], with count: Int) throws(IngestError) {
    storage.removeAll(keepingCapacity: true)
    try storage.append(addingCapacity: count) { (room) throws(IngestError) in
      _ = try read(into: &room)
    }
  }
}

/// A source whose next bytes can be looked at before they are taken.
final class BufferedSource: ByteSource {
  private let upstream: any ByteSource
  private let capacity: Int
  /// Bytes that were read, of which those before `start` have been taken.
  private var storage: [UInt8] = []
  private var start = 0
  private var isAtEnd = false
  /// How many bytes have been taken.
  private(set) var offset = 0

  /// Buffers a source.
  ///
  /// - Parameter capacity: How many bytes can be looked at in advance.
  init(_ upstream: any ByteSource, capacity: Int = 1 << 17) {
    self.upstream = upstream
    self.capacity = capacity
    storage.reserveCapacity(capacity)
  }

  /// How many bytes can be looked at: at least `count` of them unless the end is nearer.
  func peek(_ count: Int = 1) throws(IngestError) -> Int {
    precondition(count <= capacity)
    if storage.count - start < count, !isAtEnd {
      if start == storage.count {
        try upstream.refill(&storage, with: capacity)
        isAtEnd = storage.isEmpty
      } else {
        storage.removeFirst(start)
      }
      start = 0
      while storage.count < count, !isAtEnd {
        var read = 0
        try storage.append(addingCapacity: capacity - storage.count) {
          (room) throws(IngestError) in
          read = try upstream.read(into: &room)
        }
        isAtEnd = read == 0
      }
    }
    return storage.count - start
  }

  /// Gives access to the bytes that can be looked at.
  func withBytes<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // So `body` may go on to take and read bytes.
    let storage = storage
    return try body(storage.span.extracting(start..<storage.count))
  }

  /// Takes bytes that were looked at.
  func consume(_ count: Int) {
    precondition(count <= storage.count - start)
    start += count
    offset += count
  }

  func read(into room: inout OutputSpan<UInt8>) throws(IngestError) -> Int {
    try read(atMost: .max, into: &room)
  }

  func read(
    into room: inout OutputSpan<UInt8>, of owner: AnyObject
  ) throws(IngestError) -> Int {
    guard storage.count == start, !isAtEnd else { return try read(into: &room) }
    let count = try upstream.read(into: &room, of: owner)
    isAtEnd = count == 0
    offset += count
    return count
  }

  var leastRoom: Int { upstream.leastRoom }

  /// Appends no more than so many of the next bytes.
  func read(
    atMost limit: Int, into room: inout OutputSpan<UInt8>
  ) throws(IngestError) -> Int {
    if storage.count == start, !isAtEnd {
      // Nothing is buffered, so the bytes need not be copied twice.
      if room.freeCapacity <= limit {
        let count = try upstream.read(into: &room)
        isAtEnd = count == 0
        offset += count
        return count
      }
      _ = try peek()
    }
    let count = min(room.freeCapacity, limit, storage.count - start)
    let storage = storage
    room.append(copying: storage.span.extracting(start..<(start + count)))
    start += count
    offset += count
    return count
  }

  /// Reads to the end, for the sake of what is verified there.
  func drain() throws(IngestError) {
    while true {
      let count = try peek()
      guard count > 0 else { return }
      consume(count)
    }
  }
}
