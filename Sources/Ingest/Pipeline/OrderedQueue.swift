/// The state of an ordered pipeline: what waits for a worker, what is done, what was consumed.
///
/// Pure logic; `OrderedPipeline` adds the threads.
struct OrderedQueue<Input: Sendable, Output: Sendable>: Sendable {
  /// What a thread should do next.
  enum Step<Item: Sendable>: Sendable {
    case item(index: Int, Item)
    case end
  }

  private let capacity: Int
  private var waiting: [(index: Int, item: Input)] = []
  private var done: [Int: Result<Output, any Error>] = [:]
  private var produced = 0
  private var consumed = 0
  private var isProducing = true
  private var isCancelled = false

  /// - Parameter capacity: how many items may be on their way at once.
  init(capacity: Int) { self.capacity = capacity }

  /// Takes an item from the producer; nil while there is no room, false when nobody wants more.
  mutating func offer(_ item: Input) -> Bool? {
    if isCancelled { return false }
    guard produced - consumed < capacity else { return nil }
    waiting.append((produced, item))
    produced += 1
    return true
  }

  /// Notes that the producer has ended, by an error or without.
  mutating func finish(throwing error: (any Error)?) {
    if let error {
      done[produced] = .failure(error)
      produced += 1
    }
    isProducing = false
  }

  /// The next item for a worker; nil while there is none yet.
  mutating func next() -> Step<Input>? {
    if isCancelled { return .end }
    if !waiting.isEmpty {
      let (index, item) = waiting.removeFirst()
      return .item(index: index, item)
    }
    return isProducing ? nil : .end
  }

  /// Takes a worker's result.
  mutating func complete(_ index: Int, _ result: Result<Output, any Error>) {
    done[index] = result
  }

  /// The next result in order for the consumer; nil while it is not there yet.
  mutating func take() -> Step<Result<Output, any Error>>? {
    if let result = done.removeValue(forKey: consumed) {
      consumed += 1
      return .item(index: consumed - 1, result)
    }
    return !isProducing && consumed == produced ? .end : nil
  }

  /// Lets every thread end.
  mutating func cancel() { isCancelled = true }
}
