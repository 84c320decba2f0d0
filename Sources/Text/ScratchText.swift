/// Memory that is written again and again for one text after the other.
package struct ScratchText: ~Copyable {
  package private(set) var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  package private(set) var count = 0

  package init(capacity: Int = 1 << 16) {
    base = .allocate(capacity: capacity)
    self.capacity = capacity
  }

  deinit { base.deallocate() }

  /// What has been written.
  package var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

  /// What has been written, for hashing.
  package var rawBytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(bytes) }

  /// Forgets what has been written, from `count` on.
  package mutating func truncate(to count: Int) { self.count = count }

  /// Appends bytes.
  package mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    reserve(bytes.count)
    if let source = bytes.baseAddress { (base + count).update(from: source, count: bytes.count) }
    count += bytes.count
  }

  /// Appends bytes.
  package mutating func append(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { append($0) }
  }

  /// Appends what `write` puts at the end, which is as many bytes as it returns.
  package mutating func append<Result>(
    atMost room: Int, _ write: (UnsafeMutablePointer<UInt8>) -> (byteCount: Int, result: Result)
  ) -> Result {
    reserve(room)
    let (byteCount, result) = write(base + count)
    count += byteCount
    return result
  }

  /// Writes a number, eight bytes, at `offset`.
  package mutating func store(_ number: UInt64, at offset: Int) {
    UnsafeMutableRawPointer(base).storeBytes(of: number, toByteOffset: offset, as: UInt64.self)
  }

  private mutating func reserve(_ additional: Int) {
    guard count + additional > capacity else { return }
    let grown = max(capacity * 2, count + additional)
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: grown)
    memory.update(from: base, count: count)
    base.deallocate()
    base = memory
    capacity = grown
  }
}
