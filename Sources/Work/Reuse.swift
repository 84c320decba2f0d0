internal import Synchronization

/// Things that are used again, as making them costs more than keeping some.
package final class Reuse<Thing: Sendable>: Sendable {
  private let limit: Int
  private let things = Mutex<[Thing]>([])

  /// - Parameter limit: how many are kept.
  package init(limit: Int) { self.limit = limit }

  /// One that was used before, if there is any.
  package func take() -> Thing? { things.withLock { $0.popLast() } }

  /// Takes back what is no longer used.
  package func giveBack(_ thing: Thing) {
    things.withLock { if $0.count < limit { $0.append(thing) } }
  }
}
