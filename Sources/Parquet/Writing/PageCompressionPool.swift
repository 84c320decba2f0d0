internal import Work

/// Compresses pages on several threads, in no order; each page knows its place.
final class PageCompressionPool {
  /// Where a page will be once it is compressed.
  ///
  /// `@unchecked Sendable`: written by one thread, and read when all pages are compressed.
  final class Slot: @unchecked Sendable {
    fileprivate(set) var page: WrittenPage?
  }

  /// A page to compress, and where it goes.
  private struct Draft: Sendable {
    let content: any PageContent & Sendable
    let slot: Slot
  }

  private struct State: Sendable {
    var waiting: [Draft] = []
    /// Pages that wait or are being compressed.
    var unfinishedCount = 0
    var isClosed = false
  }

  /// What no thread uses.
  private final class Free: Sendable {
    let compressors = Reuse<PageCompressor>(limit: .max)
    let memory = Reuse<[UInt8]>(limit: memoryLimit)
  }

  private let method: ParquetWriterOptions.Compression
  private let free = Free()
  private let state = Monitor(State())
  /// How many threads may compress; 1 where the caller does it all.
  private let workers: Int
  private var startedCount = 0

  /// No more pieces of memory are kept.
  private static let memoryLimit = 8

  init(_ method: ParquetWriterOptions.Compression, workers: Int) {
    self.method = method
    self.workers = workers
  }

  deinit {
    finish()
    state.update { $0.isClosed = true }
  }

  /// Begins to compress a page, or does it at once.
  func press(_ draft: any PageContent & Sendable) -> Slot {
    let slot = Slot()
    guard workers > 1 else {
      slot.page = Self.written(draft, free, method)
      return slot
    }
    let limit = 2 * workers
    let unfinishedCount = state.wait { state -> Int? in
      // Pages that wait take memory.
      guard state.unfinishedCount < limit else { return nil }
      state.waiting.append(Draft(content: draft, slot: slot))
      state.unfinishedCount += 1
      return state.unfinishedCount
    }
    if startedCount < min(unfinishedCount, workers) {
      if WorkerThread.detach({ [state, free, method] in Self.serve(state, free, method) }) {
        startedCount += 1
      } else if startedCount == 0 {
        // The system has no thread for it.
        while let draft = state.update({ $0.waiting.popLast() }) {
          Self.finish(draft, state, free, method)
        }
      }
    }
    return slot
  }

  /// Empty memory, if there is some that was used before.
  func takeMemory() -> [UInt8] {
    free.memory.take() ?? []
  }

  /// Waits until every page is compressed.
  func finish() { state.wait { $0.unfinishedCount == 0 ? () : nil } }

  /// What a thread does until no more pages can come.
  private static func serve(
    _ state: Monitor<State>, _ free: Free, _ method: ParquetWriterOptions.Compression
  ) {
    while true {
      let next: Draft?? = state.wait { state in
        if !state.waiting.isEmpty { return .some(state.waiting.removeFirst()) }
        return state.isClosed ? .some(nil) : nil
      }
      guard case .some(.some(let draft)) = next else { return }
      finish(draft, state, free, method)
    }
  }

  private static func finish(
    _ draft: Draft, _ state: Monitor<State>, _ free: Free,
    _ method: ParquetWriterOptions.Compression
  ) {
    draft.slot.page = written(draft.content, free, method)
    state.update { $0.unfinishedCount -= 1 }
  }

  private static func written(
    _ draft: any PageContent, _ free: Free, _ method: ParquetWriterOptions.Compression
  ) -> WrittenPage {
    let compressor = free.compressors.take() ?? PageCompressor(method)
    let page = draft.written(by: compressor)
    free.compressors.giveBack(compressor)
    free.memory.giveBack(draft.values.takeMemory())
    return page
  }
}
