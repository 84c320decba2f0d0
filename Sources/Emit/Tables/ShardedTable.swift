internal import Records

/// One split of one profile: its data files, one after the other.
struct ShardedTable {
  private let folder: String
  private let layout: DatasetLayout
  private let workers: Int
  private let outputs: [DatasetLayout.Output]
  /// The file being written.
  private var current: DatasetShard?
  private var pairCount = 0
  private var finished: [DatasetShard.Written] = []

  /// - Parameter workers: how many threads may compress.
  init(
    folder: String, layout: DatasetLayout, profile: Profile, split: DatasetSplit, workers: Int
  ) {
    self.folder = folder
    self.layout = layout
    self.workers = workers
    outputs = layout.outputs(of: profile, split)
  }

  mutating func append(_ row: DatasetRow) throws(EmitError) {
    if pairCount == outputs[finished.count].pairs.upperBound { try endShard() }
    if current == nil {
      current = try DatasetShard(
        outputs[finished.count], of: layout, folder: folder, workers: workers)
    }
    try current?.append(row)
    pairCount += 1
  }

  /// Ends the last file.
  mutating func finish() throws(EmitError) -> [DatasetShard.Written] {
    try endShard()
    return finished
  }

  private mutating func endShard() throws(EmitError) {
    guard let shard = current.take() else { return }
    finished.append(try shard.finish())
  }
}
