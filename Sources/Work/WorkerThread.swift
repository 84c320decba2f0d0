internal import Glibc

/// A thread of the system that does one thing and ends.
package struct WorkerThread: Sendable {
  private let handle: pthread_t

  /// Room for the scanner's recursion through nested JSON.
  private static let stackByteCount = 8 << 20

  /// What a thread does, on its way there.
  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Starts a thread, which has to be joined; nil where the system has no thread left (`ulimit -u`,
  /// a limit of the container), and the caller has to do the work itself or without.
  package init?(_ body: @escaping @Sendable () -> Void) {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, Self.stackByteCount)
    var handle = pthread_t()
    let argument = Unmanaged.passRetained(Body(body)).toOpaque()
    let status = pthread_create(
      &handle, &attributes,
      { argument in
        if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
      }, argument)
    guard status == 0 else {
      Unmanaged<Body>.fromOpaque(argument).release()
      return nil
    }
    self.handle = handle
  }

  /// Starts a thread that is not joined.
  ///
  /// - Returns: Whether the system had one.
  package static func detach(_ body: @escaping @Sendable () -> Void) -> Bool {
    guard let thread = WorkerThread(body) else { return false }
    thread.leave()
    return true
  }

  /// Waits until the thread has ended; what it held is released then.
  package func join() { pthread_join(handle, nil) }

  /// Lets the thread end by itself, instead of waiting for it.
  package func leave() { pthread_detach(handle) }
}
