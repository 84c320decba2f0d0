internal import Work

/// Work in parts that do not depend on each other.
///
/// What the parts are must depend on the data alone, never on the number of threads; then results
/// do not either.
enum Parallel {
  /// Does parts `0..<count`, each once, on up to `threads` threads.
  ///
  /// - Parameter part: Called on several threads at the same time; must only write where no other
  ///   part does.
  static func perform(_ count: Int, threads: Int, part: (Int) -> Void) {
    let threads = min(threads, count)
    guard threads > 1 else {
      for number in 0..<count { part(number) }
      return
    }
    Concurrent.perform(threads: threads) { thread in
      for number in stride(from: thread, to: count, by: threads) { part(number) }
    }
  }

  /// The range of elements of one of `parts` equal parts.
  static func range(_ part: Int, of parts: Int, count: Int) -> Range<Int> {
    count * part / parts..<count * (part + 1) / parts
  }

  /// Of some threads as many as have enough to do, as one is not started for less than some tenths of
  /// a millisecond.
  ///
  /// - Parameter enough: Of so many elements.
  static func worthwhile(_ threads: Int, for count: Int, enough: Int) -> Int {
    min(threads, max(1, count / enough))
  }

  /// How many parts to sum candidates in; one where they are few.
  static func parts(of count: Int) -> Int { max(min(count >> 14, 16), 1) }

  /// Adds up something for each level over all candidates.
  ///
  /// Candidates are summed in parts, which are then merged in order. Where there are many levels,
  /// parts are few, so that merging costs little.
  ///
  /// - Parameters:
  ///   - zero: The sum of nothing.
  ///   - count: The number of candidates.
  ///   - levels: The number of levels.
  ///   - add: Adds the candidates of a range to the sums by level.
  ///   - merge: Adds one sum to another.
  static func sums<Sum>(
    from zero: Sum, count: Int, levels: Int, threads: Int,
    add: (Range<Int>, UnsafeMutableBufferPointer<Sum>) -> Void, merge: (inout Sum, Sum) -> Void
  ) -> [Sum] {
    let parts = max(min(count / (8 * max(levels, 1)), parts(of: count)), 1)
    var sums = [Sum](repeating: zero, count: levels * parts)
    sums.withUnsafeMutableBufferPointer { sums in
      perform(parts, threads: threads) { part in
        add(
          range(part, of: parts, count: count),
          UnsafeMutableBufferPointer(rebasing: sums[levels * part..<levels * (part + 1)]))
      }
      for part in 1..<max(parts, 1) {
        for level in 0..<levels { merge(&sums[level], sums[levels * part + level]) }
      }
    }
    sums.removeLast(sums.count - levels)
    return sums
  }
}
