internal import Glibc

/// A lock, and a condition on which its holder can wait (POSIX).
///
/// `@unchecked Sendable`: the system guards what both pointers lead to.
final class Condition: @unchecked Sendable {
  // Both must stay where they are, so a class cannot hold them in place.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    // A clock that is set anew must not change how long anybody waits.
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  func lock() { pthread_mutex_lock(mutex) }

  func unlock() { pthread_mutex_unlock(mutex) }

  /// Wakes all who wait.
  func broadcast() { pthread_cond_broadcast(condition) }

  /// Gives the lock up until somebody broadcasts; may also return without cause.
  func wait() { pthread_cond_wait(condition, mutex) }

  /// Waits as `wait()` does, up to a moment.
  ///
  /// - Returns: Whether the moment has not come.
  func wait(until moment: Moment) -> Bool {
    var time = moment.time
    return pthread_cond_timedwait(condition, mutex, &time) != ETIMEDOUT
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
