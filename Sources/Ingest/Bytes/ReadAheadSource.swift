internal import Bytes
internal import Work

/// Reads a source on a thread of its own, some blocks ahead of the thread that takes the bytes.
///
/// What the source does beside reading, such as digesting, is done on that thread too.
final class ReadAheadSource: ByteSource {
  private struct State: Sendable {
    var filled: [Block] = []
    var free: [Block]
    var end: Result<Void, IngestError>?
    var isCancelled = false
  }

  /// A block of bytes.
  ///
  /// `@unchecked Sendable`: it belongs to one thread at a time, which it is handed to under a lock.
  private final class Block: @unchecked Sendable {
    static let byteCount = 256 << 10
    var bytes: [UInt8] = []
    /// How many of the bytes have been taken.
    var start = 0
  }

  /// The source on its way to the thread.
  ///
  /// `@unchecked Sendable`: that thread alone uses it until the end is reached.
  private struct Upstream: @unchecked Sendable {
    let source: FileSource
  }

  private static let blockCount = 4

  private let state = Monitor(State(free: (0..<blockCount).map { _ in Block() }))
  private var current: Block?
  /// What is read without a thread, where the system had none.
  private let direct: FileSource?

  /// Starts to read.
  ///
  /// - Parameter upstream: The source; nothing else may use it before the end is reached.
  init(_ upstream: FileSource) {
    let (state, handed) = (state, Upstream(source: upstream))
    let isStarted = WorkerThread.detach { Self.fill(from: handed.source, state) }
    direct = isStarted ? nil : upstream
  }

  deinit { state.update { $0.isCancelled = true } }

  func read(into room: inout OutputSpan<UInt8>) throws(IngestError) -> Int {
    if let direct { return try direct.read(into: &room) }
    guard let block = try currentBlock() else { return 0 }
    let (bytes, start) = (block.bytes, block.start)
    let count = min(room.freeCapacity, bytes.count - start)
    room.append(copying: bytes.span.extracting(start..<(start + count)))
    block.start += count
    return count
  }

  /// Hands a block's bytes over as they are, and takes the array for other bytes.
  func refill(_ storage: inout [UInt8], with count: Int) throws(IngestError) {
    storage.removeAll(keepingCapacity: true)
    if let direct { return try direct.refill(&storage, with: count) }
    guard let block = try currentBlock() else { return }
    if block.start == 0 {
      swap(&storage, &block.bytes)
      block.start = block.bytes.count
    } else {
      storage.append(contentsOf: block.bytes[block.start...])
      block.start = block.bytes.count
    }
  }

  /// The block to take bytes from; nil at the end.
  private func currentBlock() throws(IngestError) -> Block? {
    if let current, current.start < current.bytes.count { return current }
    let used = current.take()
    let next: Result<Block?, IngestError> = state.wait { state in
      if !state.filled.isEmpty { return .success(state.filled.removeFirst()) }
      return state.end.map { end in end.map { nil } }
    }
    if let used { state.update { $0.free.append(used) } }
    current = try next.get()
    return current
  }

  private static func fill(from upstream: FileSource, _ state: Monitor<State>) {
    while true {
      let next: Block?? = state.wait { state in
        state.isCancelled ? .some(nil) : state.free.popLast().map { .some($0) }
      }
      guard case .some(.some(let block)) = next else { return }
      do throws(IngestError) {
        block.bytes.removeAll(keepingCapacity: true)
        block.start = 0
        try block.bytes.append(addingCapacity: Block.byteCount) { (room) throws(IngestError) in
          _ = try upstream.read(into: &room)
        }
        guard !block.bytes.isEmpty else {
          state.update { $0.end = .success(()) }
          return
        }
        state.update { $0.filled.append(block) }
      } catch {
        state.update { $0.end = .failure(error) }
        return
      }
    }
  }
}
