internal import Dispatch
internal import Synchronization

/// Compresses pages on several threads, in no order; each page knows its place.
final class PagePress {
  /// Where a page will be once it is compressed.
  ///
  /// `@unchecked Sendable`: written by one task, and read when all tasks have ended.
  final class Slot: @unchecked Sendable {
    fileprivate(set) var page: WrittenPage?
  }

  private let method: ParquetWriterOptions.Compression
  private let free = Free()
  private let queue = DispatchQueue(label: "pages", attributes: .concurrent)
  private let running = DispatchGroup()
  /// Tasks that may still be begun; nil where the caller does it all.
  private let places: DispatchSemaphore?

  /// What no task uses.
  private final class Free: Sendable {
    let compressors = Mutex<[PageCompressor]>([])
    let memory = Mutex<[[UInt8]]>([])
  }

  /// No more pieces of memory are kept.
  private static let memoryLimit = 32

  init(_ method: ParquetWriterOptions.Compression, workers: Int) {
    self.method = method
    places = workers > 1 ? DispatchSemaphore(value: 2 * workers) : nil
  }

  // A semaphore must not go while someone holds a place.
  deinit { finish() }

  /// Begins to compress a page, or does it at once.
  func press(_ draft: any PageContent & Sendable) -> Slot {
    let slot = Slot()
    guard let places else {
      slot.page = Self.written(draft, free, method)
      return slot
    }
    places.wait()
    queue.async(group: running) { [free, method] in
      slot.page = Self.written(draft, free, method)
      places.signal()
    }
    return slot
  }

  /// Empty memory, if there is some that was used before.
  func takeMemory() -> [UInt8] {
    free.memory.withLock { $0.popLast() } ?? []
  }

  /// Waits until every page is compressed.
  func finish() { running.wait() }

  private static func written(
    _ draft: any PageContent, _ free: Free, _ method: ParquetWriterOptions.Compression
  ) -> WrittenPage {
    let compressor = free.compressors.withLock { $0.popLast() } ?? PageCompressor(method)
    let page = draft.written(by: compressor)
    free.compressors.withLock { $0.append(compressor) }
    let memory = draft.values.takeMemory()
    free.memory.withLock { if $0.count < memoryLimit { $0.append(memory) } }
    return page
  }
}
