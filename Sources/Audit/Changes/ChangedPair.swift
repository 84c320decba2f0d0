internal import Ingest
internal import Parquet
internal import Records
internal import Rows

/// A pair that changed, with its texts.
package struct ChangedPair: Sendable {
  /// One of the two versions.
  package struct Version: Sendable {
    package var place: Finding.Place
    /// UTF-8, turns joined by blank lines.
    package var prompt: [UInt8]
    package var chosen: [UInt8]
    package var rejected: [UInt8]
    /// nil where the row has no scores.
    package var scores: (chosen: Double, rejected: Double)?
    /// chosen length − rejected length, in code points.
    package var lengthGap: Double
  }

  package var kind: PairChange
  package var old: Version?
  package var new: Version?
}

extension DatasetDifference {
  /// The changes that are most worth reading: first where other answers are preferred, the largest
  /// change of the length gap before others; then other changes, by the change of the margin.
  package func largest(_ count: Int) -> [Change] {
    let ranked = changes.enumerated().map { place, change in
      (change: change, rank: rank(of: change), size: size(of: change), place: place)
    }
    return ranked.sorted {
      $0.rank != $1.rank
        ? $0.rank < $1.rank : $0.size != $1.size ? $0.size > $1.size : $0.place < $1.place
    }.prefix(count).map(\.change)
  }

  private func rank(of change: Change) -> Int {
    switch change.kind {
    case .swapped, .chosenReplaced, .rejectedReplaced, .bothReplaced: 0
    case .added, .removed: 1
    case .textOnly, .scoreOnly: 2
    case .formatOnly, .unchanged: 3
    }
  }

  private func size(of change: Change) -> Double {
    let (first, second) = (change.old.map { old.records[$0] }, change.new.map { new.records[$0] })
    guard let first, let second else { return abs((first ?? second)?.lengthGap ?? 0) }
    if change.kind.isPreference { return abs(first.lengthGap - second.lengthGap) }
    let moved = abs(first.margin - second.margin)
    return moved.isNaN ? 0 : moved
  }

  /// The texts of some changes, read again from the files.
  ///
  /// - Parameters:
  ///   - oldFiles: The files of the old dataset, and `newFiles` of the new one.
  package func texts(
    of changes: [Change], oldFiles: DatasetFiles, newFiles: DatasetFiles, threads: Int,
    checkpoint: () throws -> Void
  ) throws -> [ChangedPair] {
    let before = try old.versions(
      of: changes.compactMap(\.old), in: oldFiles, threads: threads, checkpoint: checkpoint)
    let after = try new.versions(
      of: changes.compactMap(\.new), in: newFiles, threads: threads, checkpoint: checkpoint)
    return changes.map { change in
      ChangedPair(
        kind: change.kind, old: change.old.flatMap { before[$0] },
        new: change.new.flatMap { after[$0] })
    }
  }
}

extension PairTable {
  /// Some records with their texts, by their places.
  fileprivate func versions(
    of wanted: [Int], in dataset: DatasetFiles, threads: Int, checkpoint: () throws -> Void
  ) throws -> [Int: ChangedPair.Version] {
    struct Row: Hashable { var file, line: UInt32 }
    guard !wanted.isEmpty else { return [:] }
    let places = Dictionary(
      wanted.map { (Row(file: records[$0].file, line: records[$0].line), $0) },
      uniquingKeysWith: { first, _ in first })
    var versions: [Int: ChangedPair.Version] = [:]
    func take(_ found: [(Int, PairRow)]) {
      for (place, pair) in found { versions[place] = version(of: records[place], pair) }
    }
    let rows = rows
    @Sendable func place(_ file: Int, _ line: Int) -> Int? {
      places[Row(file: UInt32(clamping: file), line: UInt32(clamping: line))]
    }
    let pass = ColumnPass(dataset.files) { file in
      PairColumns(rows, file, beside: [], alternatives: []).map { ($0, $0.choice) }
    }
    let isRead = try pass?.run(
      threads: threads,
      where: { file, rows in
        places.keys.contains { $0.file == file && rows.contains(Int($0.line) - 1) }
      },
      makeWorker: {
        { file, columns, batch in
          var found: [(Int, PairRow)] = []
          for number in 0..<batch.rowCount {
            let row = RowView(batch, columns, row: number)
            guard let place = place(file, row.line) else { continue }
            let value = try row.value()
            if let pair = (try? rows.read(value)) ?? nil { found.append((place, pair)) }
          }
          return found
        }
      },
      consume: { found in
        try checkpoint()
        take(found)
      })
    guard isRead != true else { return versions }
    versions = [:]
    try TreePass(threads: threads).run(
      dataset.files, where: { place($0, $1) != nil },
      summarize: { batch in
        batch.rows.compactMap { row -> (Int, PairRow)? in
          guard let place = place(batch.file, row.line),
            let pair = row.tree.flatMap({ try? rows.read($0) }) ?? nil
          else { return nil }
          return (place, pair)
        }
      },
      consume: { found in
        try checkpoint()
        take(found)
      })
    return versions
  }

  private func version(of record: PairRecord, _ pair: PairRow) -> ChangedPair.Version {
    ChangedPair.Version(
      place: place(of: record),
      prompt: Array(pair.conversation.messages.map(\.text).joined(separator: [0x0A, 0x0A])),
      chosen: pair.chosen?.text ?? [], rejected: pair.rejected?.text ?? [],
      scores: record.margin.isNaN ? nil : (record.chosen.score, record.rejected.score),
      lengthGap: record.lengthGap)
  }
}
