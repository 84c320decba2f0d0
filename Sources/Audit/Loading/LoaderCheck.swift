internal import Records
internal import Rows

/// Finds what keeps `datasets` from loading the files, as it fixes the types of all columns early.
///
/// The first block of the first file of the first split gives the types, unless the dataset's card
/// declares them; every other block, of all splits, is turned into these or refused.
struct LoaderCheck {
  /// The columns of the file that types come from and the words for where that was.
  private struct Reference {
    var columns: [LoadedType.Field]
    var source: String
  }

  private let names: [String]
  private let splits: [String]
  /// For each file its columns, where the file tells their types: Parquet does.
  private let schemas: [[LoadedType.Field]?]
  private let firstSplit: String?
  private var reference: Reference?
  /// The block whose rows are coming.
  private var current: LoaderBlock?
  /// Blocks that came before the types were known: those of other splits.
  private var waiting: [LoaderBlock] = []
  private var clashes: [ColumnCast.Clash] = []
  /// All rows of the dataset.
  private var emptiness = Emptiness()

  /// - Parameters:
  ///   - names: The files' names.
  ///   - splits: For each file its split.
  ///   - schemas: For each file the columns that it has by its own words; nil where it has none.
  ///   - declared: The columns that the dataset's card declares; nil where it declares none.
  init(
    names: [String], splits: [String], schemas: [[LoadedType.Field]?],
    declared: [LoadedType.Field]?
  ) {
    self.names = names
    self.schemas = schemas
    self.splits = splits
    firstSplit = splits.min { Self.rank($0) < Self.rank($1) }
    reference = declared.map { Reference(columns: $0, source: "the dataset's card") }
  }

  /// The order of splits in `datasets`: the three that it knows, then others by name.
  private static func rank(_ split: String) -> (Int, String) {
    switch split {
    case "train": (0, "")
    case "validation", "valid", "dev", "val": (1, "")
    case "test", "eval": (2, "")
    default: (3, split)
    }
  }

  /// Takes the next part of the input, in its order.
  mutating func add(_ block: LoaderBlock) {
    guard let last = current, last.file == block.file, last.number == block.number else {
      close()
      current = block
      return
    }
    current?.merge(block)
  }

  private mutating func close() {
    guard let block = current else { return }
    current = nil
    guard block.rowCount > 0 else { return }
    emptiness.add(block.rows)
    // Loaders read tables in another way.
    guard block.form != .table else { return }
    if reference == nil, splits[block.file] == firstSplit {
      fixTypes(by: block)
      let earlier = waiting
      waiting = []
      for block in earlier { check(block) }
      tellUnreadable(block, isEncoded: reference?.columns.contains { $0.type.holdsJSON } ?? false)
    } else if reference == nil {
      waiting.append(block)
    } else {
      check(block)
    }
  }

  private mutating func fixTypes(by block: LoaderBlock) {
    if let columns = schemas[block.file] {
      reference = Reference(columns: columns, source: names[block.file])
      return
    }
    let isFirstFile = splits.firstIndex(of: splits[block.file]) == block.file
    let isReadable =
      block.besideBlanks.count == 0 && block.rows.deepRows(with: .unreadable).count == 0
    let columns = block.rows.members.map { member in
      LoadedType.Field(
        name: String(decoding: member.name, as: UTF8.self),
        type: member.shape.inferred(isScanned: isFirstFile && isReadable))
    }
    let extent = block.form == .array ? "" : "the first 10 MB of "
    reference = Reference(columns: columns, source: extent + names[block.file])
    for member in block.rows.members {
      tellMixed(member.shape, at: String(decoding: member.name, as: UTF8.self))
    }
  }

  /// Since version 4.7 the loader takes columns of several kinds in the first block.
  private mutating func tellMixed(_ shape: ValueShape, at path: String) {
    let classes = shape.classes
    if classes.count > 1 {
      var rows = FoundRows()
      for kind in classes.dropFirst() { rows.merge(shape.rows(of: kind)) }
      let kinds = classes.map(\.name).joined(separator: " and ")
      clashes.append(
        ColumnCast.Clash(
          code: .mixedTypes, severity: .warning, path: path,
          detail: "\(kinds); datasets 4.7 and later keep JSON, earlier versions stop", rows: rows))
      return
    }
    for member in shape.members {
      tellMixed(member.shape, at: "\(path).\(String(decoding: member.name, as: UTF8.self))")
    }
    if shape.has(.list) { tellMixed(shape.element, at: path + "[]") }
  }

  private mutating func check(_ block: LoaderBlock) {
    guard let reference else { return }
    var cast = ColumnCast()
    if let columns = schemas[block.file] {
      let rows = block.rows[.object]?.rows ?? FoundRows()
      cast.castColumns(columns, to: reference.columns, rows: rows)
    }
    if cast.clashes.isEmpty { cast.castRows(block.rows, to: reference.columns) }
    for var clash in cast.clashes {
      clash.detail += ", as \(reference.source) settles"
      clashes.append(clash)
    }
    tellUnreadable(
      block,
      isEncoded: reference.columns.contains { $0.type.holdsJSON } || block.mixesKinds)
  }

  /// What stops one of the loader's JSON readers.
  ///
  /// - Parameter isEncoded: Whether the loader reads the block with the second one too, to keep
  ///   some of it as JSON.
  private mutating func tellUnreadable(_ block: LoaderBlock, isEncoded: Bool) {
    guard schemas[block.file] == nil else { return }
    func tell(_ code: Finding.Code, _ detail: String, _ rows: FoundRows) {
      guard rows.count > 0 else { return }
      clashes.append(ColumnCast.Clash(code: code, path: "", detail: detail, rows: rows))
    }
    if isEncoded || block.form == .array {
      tell(
        .unreadableRow, "a whole number beyond 64 bits", block.rows.deepRows(with: .unreadable))
    }
    if isEncoded, block.form != .array {
      tell(.unreadableRow, "a blank line where columns are kept as JSON", block.besideBlanks)
    }
    if !isEncoded, block.form != .array {
      tell(.unreadableRow, "half of a surrogate pair", block.loneSurrogates)
      tell(.unreadableRow, "a key twice in an object", block.repeatedKeys)
    }
  }

  /// What was found, when all rows have been added.
  mutating func findings() -> [Finding] {
    close()
    for block in waiting where reference == nil { fixTypes(by: block) }
    let late = waiting
    waiting = []
    for block in late { check(block) }
    var findings: [Finding] = []
    for clash in clashes {
      let index = findings.firstIndex {
        $0.code == clash.code && $0.severity == clash.severity
          && ($0.subject ?? "") == clash.path
      }
      if let index {
        findings[index].count += clash.rows.count
        let places = findings[index].places
        findings[index].places += clash.rows.places.prefix(FoundRows.keptPlaces - places.count)
      } else {
        findings.append(
          Finding(
            code: clash.code, severity: clash.severity,
            subject: clash.path.isEmpty ? nil : clash.path, detail: clash.detail,
            count: clash.rows.count, places: clash.rows.places))
      }
    }
    return findings + emptiness.findings
  }
}

/// Which columns hold nothing but null in the whole dataset.
private struct Emptiness {
  private var columns: [(name: [UInt8], nulls: FoundRows, hasValues: Bool)] = []

  mutating func add(_ rows: ValueShape) {
    for member in rows.members {
      let index = columns.firstIndex { $0.name == member.name } ?? columns.endIndex
      if index == columns.endIndex { columns.append((member.name, FoundRows(), false)) }
      if let nulls = member.shape[.null]?.rows { columns[index].nulls.merge(nulls) }
      if !member.shape.classes.isEmpty { columns[index].hasValues = true }
    }
  }

  var findings: [Finding] {
    columns.filter { !$0.hasValues }.map { column in
      Finding(
        code: .nullColumn, severity: .warning,
        subject: String(decoding: column.name, as: UTF8.self), count: column.nulls.count,
        places: Array(column.nulls.places.prefix(1)))
    }
  }
}
