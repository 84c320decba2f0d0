internal import Glibc

/// A lock (POSIX).
///
/// `@unchecked Sendable`: the system guards what the pointer leads to.
final class Lock: @unchecked Sendable {
  // It must stay where it is, which a class cannot promise of what it holds.
  fileprivate let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

  init() { pthread_mutex_init(mutex, nil) }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  func lock() { pthread_mutex_lock(mutex) }

  func unlock() { pthread_mutex_unlock(mutex) }
}

/// What the holder of a lock can wait for (POSIX).
///
/// `@unchecked Sendable`: the system guards what the pointer leads to.
final class Condition: @unchecked Sendable {
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    // A clock that is set anew must not change how long anybody waits.
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    condition.deallocate()
  }

  /// Wakes the one who waits.
  func signal() { pthread_cond_signal(condition) }

  /// Gives the lock up until it is signalled; may also return without cause.
  func wait(_ lock: Lock) { pthread_cond_wait(condition, lock.mutex) }

  /// Waits as `wait(_:)` does, up to a moment.
  ///
  /// - Returns: Whether the moment has not come.
  func wait(_ lock: Lock, until moment: Moment) -> Bool {
    var time = moment.time
    return pthread_cond_timedwait(condition, lock.mutex, &time) != ETIMEDOUT
  }

  /// A moment of the clock that is never set.
  struct Moment {
    fileprivate var time = timespec()

    /// So many milliseconds from now.
    init(millisecondsFromNow count: Int) {
      clock_gettime(CLOCK_MONOTONIC, &time)
      let nanoseconds = time.tv_nsec + count % 1000 * 1_000_000
      time.tv_sec += count / 1000 + nanoseconds / 1_000_000_000
      time.tv_nsec = nanoseconds % 1_000_000_000
    }
  }
}
