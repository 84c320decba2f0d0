internal import Glibc
internal import Work

/// The memory of chunks: used again once a chunk is gone, and made ready ahead.
///
/// Getting memory from the system costs more than writing it: a page is cleared when it is first
/// touched, and in a virtual machine the host may have to find it first. Chunks that are dropped
/// therefore hand their memory on, and where they are kept a thread touches new memory while
/// another one decompresses.
package final class BufferPool: Sendable {
  /// Memory for one chunk with its padding.
  ///
  /// `@unchecked Sendable`: it belongs to one buffer at a time, or to the pool.
  final class Block: @unchecked Sendable {
    let memory: UnsafeMutableRawBufferPointer

    /// The size of a large page; memory that fills some is cheaper to get.
    private static let largePage = 2 << 20

    init(byteCount: Int) {
      let isLarge = byteCount.isMultiple(of: Self.largePage)
      memory = .allocate(byteCount: byteCount, alignment: isLarge ? Self.largePage : 64)
      // Only advice: where it is not taken, nothing but time is lost.
      if isLarge { madvise(memory.baseAddress, byteCount, MADV_HUGEPAGE) }
    }

    deinit { memory.deallocate() }

    /// Has the system provide every page.
    ///
    /// - Returns: Whether that took longer than reading the text anew would.
    func touch() -> Bool {
      let start = Self.processorTime
      for offset in stride(from: 0, to: memory.count, by: 4096) { memory[offset] = 0 }
      return Self.processorTime - start > .microseconds(memory.count / 1000)
    }

    /// What the calling thread has used of processors, which a wait for one does not add to.
    private static var processorTime: Duration {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
  }

  private struct State: Sendable {
    var free: [Block] = []
    /// How many blocks were made as they were needed.
    var madeCount = 0
    /// How many of them the system took long to provide.
    var dearCount = 0
    var isPreparing = false
    var isClosed = false
  }

  /// The content that a block has room for.
  let capacity: Int
  private let preparesAhead: Bool
  private let state = Monitor(State())

  /// So many blocks are kept free at most; the rest goes back to the system.
  private static let freeLimit = 4
  /// How many blocks are made ready ahead.
  private static let readyCount = 1
  /// One dear block may have been an accident.
  private static let dearLimit = 2
  /// An input that takes fewer blocks than this is not worth a thread.
  private static let leastCount = 4

  /// - Parameters:
  ///   - capacity: The usual size of a chunk in bytes, without padding.
  ///   - preparesAhead: Whether a thread may make memory ready.
  package init(capacity: Int, preparesAhead: Bool) {
    self.capacity = capacity
    self.preparesAhead = preparesAhead
  }

  deinit { state.update { $0.isClosed = true } }

  /// Whether the system has been slow to provide memory, more than once.
  ///
  /// In a virtual machine whose host has to find memory first, that takes twenty times as long as
  /// where it is at hand, and longer than decompressing and parsing what it would hold.
  package var isDear: Bool { state.update { $0.dearCount >= Self.dearLimit } }

  /// A block to write a chunk to.
  func take() -> Block {
    var starts = false
    let block = state.update { state in
      if let block = state.free.popLast() { return Optional(block) }
      state.madeCount += 1
      if preparesAhead, !state.isPreparing, state.madeCount >= Self.leastCount {
        state.isPreparing = true
        starts = true
      }
      return nil
    }
    if starts { startPreparing() }
    return block ?? Self.makeBlock(capacity, state)
  }

  private static func makeBlock(_ capacity: Int, _ state: Monitor<State>) -> Block {
    let block = Block(byteCount: capacity + Chunk.paddingCount)
    if block.touch() { state.update { $0.dearCount += 1 } }
    return block
  }

  /// Takes back a block that is no longer read.
  func giveBack(_ block: Block) {
    state.update { if $0.free.count < Self.freeLimit { $0.free.append(block) } }
  }

  private func startPreparing() {
    let (state, capacity) = (state, capacity)
    // Without a thread for it, memory is got as it is needed.
    _ = WorkerThread.detach {
      while state.wait({ $0.isClosed ? false : $0.free.count < Self.readyCount ? true : nil }) {
        let block = Self.makeBlock(capacity, state)
        state.update { $0.free.append(block) }
      }
    }
  }
}
