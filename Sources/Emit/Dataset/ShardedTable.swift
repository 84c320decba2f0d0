/// One split of one profile, cut into files of equal row count.
struct ShardedTable {
  /// What has been written.
  struct Written {
    var files: [WrittenFile]
    var rows: Int { files.reduce(0) { $0 + $1.rows } }
    var textByteCount: Int { files.reduce(0) { $0 + $1.textByteCount } }
    var byteCount: Int { files.reduce(0) { $0 + $1.byteCount } }
  }

  private let folder: String
  private let pathStart: String
  private let compression: Compression
  private let fileExtension: String
  private let workers: Int
  private let shardRows: Int
  private let shardCount: Int
  private let encoder: RowEncoder
  /// The file being written; a class, as a value that may be absent cannot be changed in place.
  private var current: Shard?
  private var finished: [WrittenFile] = []

  private final class Shard {
    var file: CompressedFile?
    init(_ file: consuming CompressedFile) { self.file = consume file }
  }

  /// - Parameter workers: how many threads may compress.
  init(
    folder: String, layout: DatasetLayout, profile: Profile, split: DatasetSplit, workers: Int
  ) {
    self.folder = folder
    self.workers = workers
    pathStart = layout.pathStart(of: profile, split)
    compression = layout.compression
    fileExtension = layout.fileExtension
    shardRows = layout.shardRows
    shardCount = (layout.rows[split, default: 0] + shardRows - 1) / shardRows
    encoder = RowEncoder(profile: profile, lengthsAreWhole: layout.lengthsAreWhole)
  }

  mutating func append(_ row: DatasetRow) throws(EmitError) {
    if let rows = current?.file?.rows, rows == shardRows { try endShard() }
    if current == nil {
      current = Shard(
        try CompressedFile.create(
          folder: folder, path: path(ofShard: finished.count), compression: compression,
          workers: workers))
    }
    try current?.file?.appendRow { encoder.encode(row, to: &$0) }
  }

  mutating func finish() throws(EmitError) -> Written {
    try endShard()
    return Written(files: finished)
  }

  private mutating func endShard() throws(EmitError) {
    guard let file = current?.file.take() else { return }
    current = nil
    finished.append(try file.finish())
  }

  private func path(ofShard index: Int) -> String {
    func padded(_ number: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    }
    return "\(pathStart)-\(padded(index))-of-\(padded(shardCount))\(fileExtension)"
  }
}
