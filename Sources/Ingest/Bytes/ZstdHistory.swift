internal import CZstd

/// The text of a frame that blocks still to come may refer to, and where the next block goes.
///
/// libzstd knows two runs of memory: the one that the last block was written to, and the one before.
/// Where the next block does not follow the last one, a run begins and the older of the two is
/// forgotten; so a run may be left only when it is as long as the frame's window, or holds the frame
/// from its start. Where it is neither, the window is copied to the ring and goes on there.
struct ZstdHistory: ~Copyable {
  /// Memory that blocks were written to one behind the other.
  private struct Run {
    var start: UnsafeMutableRawPointer
    var count: Int
    /// Whether the frame begins here.
    var isFirst: Bool
    /// Who keeps the memory as it is; nil for the ring.
    var owner: AnyObject?

    var end: UnsafeMutableRawPointer { start + count }
  }

  /// No block is longer (RFC 8878, section 3.1.1.2.4).
  static let largestBlock = 128 << 10

  private var window = 0
  private var current: Run?
  private var previous: Run?
  private var ring: UnsafeMutableRawBufferPointer?

  deinit { ring?.deallocate() }

  /// Forgets the last frame.
  mutating func start(window: Int) {
    self.window = window
    current = nil
    previous = nil
  }

  /// Where the next block goes: to the beginning of `room`, if that belongs to an owner and every
  /// reference stays within what is known.
  mutating func target(
    _ room: UnsafeMutableRawBufferPointer, of owner: AnyObject?, _ context: OpaquePointer
  ) -> UnsafeMutableRawBufferPointer {
    let mayLeave = current.map { $0.isFirst || $0.count >= window } ?? true
    if let owner, let start = room.baseAddress {
      if current?.owner === owner, current?.end == start { return room }
      // Only for a run that can grow to be left.
      if mayLeave, room.count >= window + Self.largestBlock {
        begin(at: start, of: owner)
        return room
      }
    }
    let ring = wideRing()
    guard let start = ring.baseAddress else { return room }
    if let current, current.owner == nil {
      let rest = UnsafeMutableRawBufferPointer(rebasing: ring[current.count...])
      if rest.count >= Self.largestBlock { return rest }
      // It has been written to its end, so it is longer than the window.
      begin(at: start, of: nil)
      return ring
    }
    if mayLeave {
      begin(at: start, of: nil)
      return ring
    }
    return moved(to: ring, context)
  }

  /// Notes how long the block became.
  mutating func note(_ count: Int) { current?.count += count }

  private mutating func begin(at start: UnsafeMutableRawPointer, of owner: AnyObject?) {
    previous = current.take()
    current = Run(start: start, count: 0, isFirst: previous == nil, owner: owner)
  }

  /// A ring with room for a window and a block behind it.
  private mutating func wideRing() -> UnsafeMutableRawBufferPointer {
    let byteCount = window + 2 * Self.largestBlock
    if let ring, ring.count >= byteCount { return ring }
    // What was in a smaller one belongs to an earlier frame.
    ring?.deallocate()
    let wider = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: 64)
    ring = wider
    return wider
  }

  /// Copies the window to the ring.
  private mutating func moved(
    to ring: UnsafeMutableRawBufferPointer, _ context: OpaquePointer
  ) -> UnsafeMutableRawBufferPointer {
    guard let start = ring.baseAddress, let last = current else { return ring }
    let kept = min(last.count, window)
    var count = 0
    if let previous, kept < window {
      count = min(previous.count, window - kept)
      start.copyMemory(from: previous.end - count, byteCount: count)
    }
    (start + count).copyMemory(from: last.end - kept, byteCount: kept)
    count += kept
    let isFirst = count < window && previous?.isFirst ?? false
    previous = nil
    current = Run(start: start, count: count, isFirst: isFirst, owner: nil)
    ZSTD_insertBlock(context, start, count)
    return UnsafeMutableRawBufferPointer(rebasing: ring[count...])
  }
}
