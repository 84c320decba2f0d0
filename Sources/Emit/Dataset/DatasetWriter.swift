package import Records

/// Writes a dataset's rows into the files of every profile and split.
package struct DatasetWriter {
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

  private var tables: [(profile: Profile, split: DatasetSplit, table: ShardedTable)] = []

  /// - Parameter workers: how many threads may compress.
  package init(folder: DatasetFolder, layout: DatasetLayout, workers: Int) throws(EmitError) {
    for profile in layout.profiles {
      for split in layout.splits {
        let pathStart = layout.pathStart(of: profile, split)
        let end = pathStart.lastIndex(of: "/") ?? pathStart.endIndex
        try FileSystem.createFolders(folder.path + "/" + pathStart[..<end])
        let table = ShardedTable(
          folder: folder.path, layout: layout, profile: profile, split: split, workers: workers)
        tables.append((profile, split, table))
      }
    }
  }

  /// Writes a row.
  package mutating func append(_ row: DatasetRow, to split: DatasetSplit) throws(EmitError) {
    for index in tables.indices where tables[index].split == split {
      try tables[index].table.append(row)
    }
  }

  /// Ends every file.
  package mutating func finish() throws(EmitError) -> [Table] {
    var written: [Table] = []
    for index in tables.indices {
      written.append(
        Table(
          profile: tables[index].profile, split: tables[index].split,
          shards: try tables[index].table.finish()))
    }
    return written
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
