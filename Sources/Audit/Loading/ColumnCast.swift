/// Finds where the loader cannot turn the values of a block into the types that it settled on.
struct ColumnCast {
  /// A place where it cannot.
  struct Clash {
    var code: Finding.Code
    var severity = Finding.Severity.error
    /// Such as `messages[].name`.
    var path: String
    /// What was expected and found, as half a sentence.
    var detail: String
    var rows: FoundRows
  }

  private(set) var clashes: [Clash] = []

  /// Casts the rows of a block.
  ///
  /// - Parameters:
  ///   - rows: The rows, which are objects.
  ///   - columns: The columns and their types.
  mutating func castRows(_ rows: ValueShape, to columns: [LoadedType.Field]) {
    castMembers(of: rows, to: columns, at: "", unknown: .lateColumns)
  }

  private mutating func castMembers(
    of objects: ValueShape, to fields: [LoadedType.Field], at path: String,
    unknown code: Finding.Code
  ) {
    for member in objects.members {
      let name = String(decoding: member.name, as: UTF8.self)
      let place = path.isEmpty ? name : "\(path).\(name)"
      guard let field = fields.first(where: { $0.name == name }) else {
        add(code, at: place, "there was no such field before", member.rows.rows)
        continue
      }
      cast(member.shape, to: field.type, at: place, isColumn: path.isEmpty)
    }
    for field in fields {
      let count = objects.members.first { $0.name.elementsEqual(field.name.utf8) }?.count ?? 0
      guard count == 0, objects.objectCount > 0 else { continue }
      let place = path.isEmpty ? field.name : "\(path).\(field.name)"
      warn(
        code, at: place, "it is missing in a whole block, which datasets 2.14 refuses",
        objects[.object]?.rows)
    }
  }

  private mutating func cast(
    _ shape: ValueShape, to type: LoadedType, at path: String, isColumn: Bool = false
  ) {
    let classes = shape.classes
    guard let kind = classes.first else { return }
    if case .unknown = type { return }
    if case .json(let older) = type {
      guard let older else { return }
      var earlier = ColumnCast()
      earlier.cast(shape, to: older, at: path, isColumn: isColumn)
      for clash in earlier.clashes {
        warn(
          clash.code, at: clash.path, clash.detail + "; datasets before 4.7 refuses it", clash.rows)
      }
      return
    }
    if type.holdsJSON {
      castEncoded(shape, to: type, at: path)
    } else if classes.count > 1 {
      castMixed(shape, to: type, at: path)
    } else {
      cast(shape, of: kind, to: type, at: path, isColumn: isColumn)
    }
  }

  /// The loader goes down to what it keeps as JSON before it looks at types.
  private mutating func castEncoded(_ shape: ValueShape, to type: LoadedType, at path: String) {
    var accepted: [ValueShape.JSONClass] = []
    switch type {
    case .list(.json): accepted = [.list, .text, .object]
    case .list: accepted = [.list]
    default: accepted = [.object]
    }
    for kind in shape.classes where !accepted.contains(kind) {
      add(.typeChanges, at: path, type, kind.name, shape.rows(of: kind))
    }
    descend(shape, to: type, at: path)
  }

  private mutating func descend(_ shape: ValueShape, to type: LoadedType, at path: String) {
    switch type {
    case .list(let element): cast(shape.element, to: element, at: path + "[]")
    case .structure(let fields):
      castMembers(of: shape, to: fields, at: path, unknown: .lateKeys)
    default: break
    }
  }

  /// Where one block mixes kinds, the loader writes each value as JSON text and casts that.
  private mutating func castMixed(_ shape: ValueShape, to type: LoadedType, at path: String) {
    func mixed(_ bad: [FoundRows]) {
      var rows = FoundRows()
      for tally in bad { rows.merge(tally) }
      guard rows.count > 0 else { return }
      let kinds = shape.classes.map(\.name).joined(separator: " and ")
      add(.mixedTypes, at: path, type, kinds + " in one block", rows)
    }
    func rows(_ traits: ValueShape.Trait...) -> FoundRows { RowTally.all(traits.map { shape[$0] }) }
    switch type {
    case .text:
      let others = shape.classes.filter { $0 != .text }.map { shape.rows(of: $0) }
      var all = FoundRows()
      for rows in others { all.merge(rows) }
      warn(
        .mixedTypes, at: path,
        "it is made JSON text beside strings; datasets before 4.7 refuses it", all)
    case .integer:
      mixed([rows(.truth, .wideInteger, .number, .notInteger, .list, .object)])
    case .number: mixed([rows(.truth, .notNumber, .list, .object)])
    case .truth: mixed([rows(.number, .wideInteger, .notBinary, .notTruth, .list, .object)])
    default: mixed(shape.classes.map { shape.rows(of: $0) })
    }
    if case .text = type { return }
    if clashes.last?.path == path, clashes.last?.code == .mixedTypes { return }
    warn(
      .mixedTypes, at: path, "kinds are mixed in one block; datasets before 4.7 refuses it",
      shape.classes.last.map { shape.rows(of: $0) })
  }

  private mutating func cast(
    _ shape: ValueShape, of kind: ValueShape.JSONClass, to type: LoadedType, at path: String,
    isColumn: Bool
  ) {
    let rows = shape.rows(of: kind)
    switch (type, kind) {
    case (.list(.null), .list) where !shape.element.classes.isEmpty:
      let found = shape.element.classes.first?.name ?? ""
      add(.emptyListColumn, at: path, type, "a list with \(found)", rows)
    case (.list, .list), (.structure, .object): descend(shape, to: type, at: path)
    case (.null, _): add(.nullColumn, at: path, type, kind.name, rows)
    case (.text, .object) where isColumn:
      warn(.typeChanges, at: path, "an object is made JSON text; some versions refuse it", rows)
    case (_, .list), (_, .object), (.list, _), (.structure, _):
      add(.typeChanges, at: path, type, kind.name, rows)
    default: castScalars(shape, of: kind, to: type, at: path)
    }
  }

  private mutating func castScalars(
    _ shape: ValueShape, of kind: ValueShape.JSONClass, to type: LoadedType, at path: String
  ) {
    func bad(_ trait: ValueShape.Trait, _ found: String, _ code: Finding.Code = .typeChanges) {
      guard let rows = shape[trait]?.rows else { return }
      add(code, at: path, type, found, rows)
    }
    switch (type, kind) {
    case (.truth, .text):
      if shape.isTimestamp { bad(.timestamp, "a date") } else { bad(.notTruth, "another string") }
    case (.integer, .number):
      bad(.fraction, "a number that is not whole or too large", .integersBeforeFloats)
    case (.integer, .text): if !shape.isTimestamp { bad(.notInteger, "a string") }
    case (.number, .number):
      if !shape.isDouble { bad(.inexact, "a whole number beyond 2^53") }
    case (.number, .text):
      if shape.isTimestamp { bad(.timestamp, "a date") } else { bad(.notNumber, "a string") }
    case (.timestamp, .truth): bad(.truth, "a truth value")
    case (.timestamp, .number):
      if shape.isDouble {
        bad(.number, "a number")
        bad(.wideInteger, "a number")
      }
    case (.timestamp, .text): bad(.text, "a string that is not a date to the second")
    default: break
    }
  }

  // MARK: Columns with types of their own

  /// Casts the columns of a Parquet file, which have types whether there are values or not.
  ///
  /// What depends on the values is left to ``castRows(_:to:)``.
  mutating func castColumns(
    _ own: [LoadedType.Field], to fields: [LoadedType.Field], at path: String = "", rows: FoundRows
  ) {
    for column in own {
      let place = path.isEmpty ? column.name : "\(path).\(column.name)"
      if let field = fields.first(where: { $0.name == column.name }) {
        cast(column.type, to: field.type, at: place, rows: rows)
      } else {
        add(
          path.isEmpty ? .lateColumns : .lateKeys, at: place, "there was no such field before", rows
        )
      }
    }
  }

  private mutating func cast(
    _ own: LoadedType, to type: LoadedType, at path: String, rows: FoundRows
  ) {
    switch (own, type) {
    case (.null, _), (.unknown, _), (_, .unknown), (_, .json): return
    case (.list(let own), .list(let element)): cast(own, to: element, at: path + "[]", rows: rows)
    case (.structure(let own), .structure(let fields)):
      castColumns(own, to: fields, at: path, rows: rows)
    case (_, .null): add(.nullColumn, at: path, type, own.name, rows)
    case (.list, _), (.structure, _), (_, .list), (_, .structure):
      add(.typeChanges, at: path, type, own.name, rows)
    default: return
    }
  }

  // MARK: Telling

  private mutating func add(
    _ code: Finding.Code, at path: String, _ type: LoadedType, _ found: String, _ rows: FoundRows
  ) {
    add(code, at: path, "expected \(type.name), found \(found)", rows)
  }

  private mutating func add(
    _ code: Finding.Code, at path: String, _ detail: String, _ rows: FoundRows
  ) {
    clashes.append(Clash(code: code, path: path, detail: detail, rows: rows))
  }

  private mutating func warn(
    _ code: Finding.Code, at path: String, _ detail: String, _ rows: FoundRows?
  ) {
    guard let rows, rows.count > 0 else { return }
    clashes.append(
      Clash(code: code, severity: .warning, path: path, detail: detail, rows: rows))
  }
}
