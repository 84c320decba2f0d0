/// Items on their way from one thread to another, no more than a few at a time.
final class Handover<Item: Sendable>: Sendable {
  private struct State: Sendable {
    var items: [Item] = []
    /// Nothing more is taken.
    var isEnded = false
    /// Nothing more is given, as the taking thread has failed.
    var failure: (any Error)?
  }

  private let limit: Int
  private let state = Monitor(State())

  /// - Parameter limit: how many items may wait.
  init(limit: Int) { self.limit = limit }

  /// Hands an item over, and waits until there is room for it.
  ///
  /// - Throws: what the taking thread has failed with, and ``Interruption/Requested``.
  func give(_ item: Item) throws {
    while true {
      let isGiven: Bool? = try state.wait(milliseconds: 50) { state -> Result<Bool, any Error>? in
        if let failure = state.failure { return .failure(failure) }
        guard state.items.count < limit else { return nil }
        state.items.append(item)
        return .success(true)
      }?.get()
      if isGiven != nil { return }
      try Interruption.checkpoint()
    }
  }

  /// The next item; nil at the end.
  func take() -> Item? {
    let next: Item?? = state.wait { state in
      if state.failure != nil { return .some(nil) }
      if !state.items.isEmpty { return .some(state.items.removeFirst()) }
      return state.isEnded ? .some(nil) : nil
    }
    return next ?? nil
  }

  /// Says that there will be no more items.
  func end() { state.update { $0.isEnded = true } }

  /// Says that no more items are wanted, and why; the first reason counts.
  func fail(_ error: any Error) {
    state.update { if $0.failure == nil { $0.failure = error } }
  }
}
