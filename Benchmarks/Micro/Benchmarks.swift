/// The benchmarks there are, by stage.
enum Benchmarks {
  /// Those that are asked for.
  ///
  /// - Parameter folder: A folder of files in memory.
  static func all(_ options: Options, in folder: String) throws -> [Benchmark] {
    var benchmarks: [Benchmark] = []
    if !Set(options.groups).isDisjoint(with: [.read, .scan]) {
      let rows = try RowFiles(in: folder)
      if options.groups.contains(.read) { benchmarks += reader(of: rows) }
      if options.groups.contains(.scan) { benchmarks += scanner(of: rows) }
    }
    if options.groups.contains(.measure) { benchmarks += try measuring(in: folder) }
    if options.groups.contains(.length) { benchmarks += lengthCounter() }
    if options.groups.contains(.lowess) {
      for count in [300_000, 3_000_000] + (options.isLarge ? [30_000_000] : []) {
        benchmarks.append(lowess(Population(candidateCount: count)))
      }
    }
    if options.groups.contains(.write) { benchmarks += try writer(in: folder) }
    return benchmarks
  }
}
