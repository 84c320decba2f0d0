package import Records
internal import Work

/// Writes a dataset's rows into the files of every profile and split, on threads of its own.
///
/// Pairs that are already encoded are only put into their files; all others are encoded first.
package final class DatasetWriter {
  /// A split of a profile, as it was written.
  package struct Table: Equatable, Sendable {
    package let profile: Profile
    package let split: DatasetSplit
    package let files: [WrittenFile]
    /// What the rows take in memory once `datasets` has loaded them.
    package let loadedByteCount: Int

    package var rows: Int { files.reduce(0) { $0 + $1.rows } }
    package var byteCount: Int { files.reduce(0) { $0 + $1.byteCount } }

    /// - Parameter shards: All of its data files, in their order.
    package init(profile: Profile, split: DatasetSplit, shards: [DatasetShard.Written]) {
      self.profile = profile
      self.split = split
      files = shards.map(\.file)
      loadedByteCount = shards.reduce(0) { $0 + $1.loadedByteCount }
    }
  }

  /// What is on its way to the files.
  private enum Item: Sendable {
    case encoded([RowBatch])
    case pairs([PairTexts], firstPlan: Int)
  }

  private let tables: DatasetTables
  private let source: PairEncoder.Source
  private let memory: RowMemory
  private let files: OpenShards
  private let conveyor: OrderedConveyor<Item, [RowBatch]>
  /// Pairs that wait for more, so that they are encoded together.
  private var pending: [PairTexts] = []
  private var pendingCost = 0
  private var firstPending = 0

  /// Pairs whose texts take so many bytes are enough to be encoded together.
  private static let enoughBytes = 1 << 19
  /// How many items may wait.
  private static let waitingLimit = 1

  /// - Parameters:
  ///   - source: what is known of pairs beside their texts.
  ///   - workers: how many threads may encode, and how many may compress.
  ///   - open: creates a data file.
  package init(
    _ tables: DatasetTables, _ source: PairEncoder.Source, workers: Int,
    open: @escaping @Sendable (DatasetLayout.Output) throws -> DatasetShard
  ) {
    let memory = RowMemory(profileCount: tables.shapes.count)
    let files = OpenShards(tables, open: open)
    self.memory = memory
    self.tables = tables
    self.source = source
    self.files = files
    conveyor = OrderedConveyor(threads: workers, limit: Self.waitingLimit) {
      let encoder = PairEncoder(tables, source, memory: memory)
      return { item in
        switch item {
        case .encoded(let batches): return batches
        case .pairs(let pairs, let first):
          for (index, pair) in pairs.enumerated() {
            try encoder.append(pair, plan: first + index)
          }
          return encoder.take()
        }
      }
    } take: { batches in
      for batch in batches {
        try files.append(batch)
        memory.giveBack(batch, ofProfile: tables.profile(ofOutput: batch.output))
      }
    }
  }

  /// Writes into a dataset's folder.
  package convenience init(
    folder: DatasetFolder, _ tables: DatasetTables, _ source: PairEncoder.Source, workers: Int
  ) {
    self.init(tables, source, workers: workers) { [path = folder.path, layout = tables.layout] in
      let end = $0.path.lastIndex(of: "/") ?? $0.path.endIndex
      try FileSystem.createFolders(path + "/" + $0.path[..<end])
      return try DatasetShard($0, of: layout, folder: path, workers: workers)
    }
  }

  /// Makes encoders for other threads.
  package var encoders: @Sendable () -> PairEncoder {
    let (tables, source, memory) = (tables, source, memory)
    return { PairEncoder(tables, source, memory: memory) }
  }

  /// Writes the pair of a plan; pairs come in the order of their plans.
  package func append(_ pair: PairTexts, plan: Int) throws {
    if pending.isEmpty { firstPending = plan }
    pending.append(pair)
    pendingCost += pair.cost
    if pendingCost >= Self.enoughBytes { try sendPending() }
  }

  /// Writes pairs that have been encoded, those that come next.
  package func append(_ batches: [RowBatch]) throws {
    try sendPending()
    try conveyor.send(.encoded(batches))
  }

  /// Ends every file.
  ///
  /// - Returns: what was written, in the order of the layout's outputs.
  package func finish() throws -> [DatasetShard.Written] {
    try sendPending()
    try conveyor.finish()
    return try files.finish()
  }

  private func sendPending() throws {
    guard !pending.isEmpty else { return }
    pendingCost = 0
    try conveyor.send(.pairs(exchange(&pending, with: []), firstPlan: firstPending))
  }
}

/// The data files that are being written.
///
/// `@unchecked Sendable`: the conveyor's thread alone uses it, and when that has ended the one that
/// wants the result.
private final class OpenShards: @unchecked Sendable {
  private let tables: DatasetTables
  private let open: (DatasetLayout.Output) throws -> DatasetShard
  private var shards: [Int: DatasetShard] = [:]
  private var written: [Int: DatasetShard.Written] = [:]

  init(_ tables: DatasetTables, open: @escaping (DatasetLayout.Output) throws -> DatasetShard) {
    self.tables = tables
    self.open = open
  }

  func append(_ batch: RowBatch) throws {
    if let shard = shards[batch.output] { return try shard.append(batch) }
    // The file before it is complete.
    let before = batch.output - 1
    if before >= 0, tables.isSameTable(before, batch.output),
      let shard = shards.removeValue(forKey: before)
    {
      written[before] = try shard.finish()
    }
    let shard = try open(tables.outputs[batch.output])
    shards[batch.output] = shard
    try shard.append(batch)
  }

  func finish() throws -> [DatasetShard.Written] {
    for (output, shard) in shards.sorted(by: { $0.key < $1.key }) {
      written[output] = try shard.finish()
    }
    shards = [:]
    return written.sorted { $0.key < $1.key }.map(\.value)
  }
}

extension DatasetWriter.Table {
  /// The tables that data files make up, which were written each by itself.
  ///
  /// - Parameter shards: one for each of the layout's outputs, in their order.
  package static func tables(
    of layout: DatasetLayout, _ shards: [DatasetShard.Written]
  ) -> [DatasetWriter.Table] {
    var rest = shards[...]
    return layout.profiles.flatMap { profile in
      layout.splits.map { split in
        let count = layout.outputs(of: profile, split).count
        defer { rest = rest.dropFirst(count) }
        return DatasetWriter.Table(
          profile: profile, split: split, shards: Array(rest.prefix(count)))
      }
    }
  }
}
