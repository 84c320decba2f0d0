internal import JSON
internal import Records

/// The types that `datasets` gives the columns of a split, and the rows that they do not hold.
///
/// The loader takes the first block of the first file of a split, 10 MB of JSON Lines, for the types
/// of all; what comes later is cast. Verified against `datasets` by scripts of the tests.
struct LoadedTypes {
  /// What a path of columns and fields is wrong with.
  private struct Fault: Hashable {
    var code: Finding.Code
    var path: String
  }

  /// The bytes of a block of JSON Lines; the line that the last of them is in belongs to it.
  private static let blockByteCount = 10 << 20

  private var known = JSONType.nothing
  /// The block being read: its file, where it begins, and the rows that differ in their types.
  private var block: (file: Int, start: Int, runs: [TypeRun], seen: Set<JSONType>)?
  private var isFirstBlock = true
  private var accepted: Set<JSONType> = []
  private var order: [Fault] = []
  private var faults: [Fault: Tally] = [:]

  /// Takes the next rows of the split.
  ///
  /// - Parameters:
  ///   - file: The file's place among all.
  ///   - offset: Where their chunk begins in it, in bytes.
  ///   - isOneBlock: Whether the loader reads the file at once, as it does a JSON array.
  mutating func add(_ runs: [TypeRun], file: Int, offset: Int, isOneBlock: Bool) {
    for run in runs {
      let place = offset + run.offset
      let goesOn = block.map { block in
        block.file == file && (isOneBlock || place - block.start <= Self.blockByteCount)
      }
      if goesOn != true {
        endBlock()
        block = (file, place, [], [])
      }
      if block?.seen.insert(run.type).inserted == true { block?.runs.append(run) }
    }
  }

  /// Judges the block that was read by the first one, whose types are those of the split.
  private mutating func endBlock() {
    guard let block else { return }
    let type = block.runs.reduce(JSONType.nothing) { $0.merged(with: $1.type) }
    if isFirstBlock {
      known = type
      isFirstBlock = false
      return
    }
    guard !accepted.contains(type) else { return }
    var trial = self
    trial.check(type, against: known, at: "", block.runs[0])
    if trial.order.count == order.count, trial.faults == faults {
      accepted.insert(type)
      return
    }
    for run in block.runs { check(run.type, against: known, at: "", run) }
  }

  /// What was found; columns that several types share in the first block come last.
  mutating func findings(for profile: Profile) -> [Finding] {
    endBlock()
    block = nil
    var findings = order.compactMap { fault in
      faults[fault].map { tally in
        Finding(
          code: fault.code, severity: fault.code.severity(for: profile), subject: fault.path,
          count: tally.count, places: tally.places)
      }
    }
    // Newer loaders give such columns the type of JSON.
    for path in Self.mixedPaths(of: known, at: "") {
      findings.append(
        Finding(code: .mixedTypes, severity: .warning, subject: path, count: 1, places: []))
    }
    return findings
  }

  private mutating func check(
    _ later: JSONType, against known: JSONType, at path: String, _ run: TypeRun
  ) {
    switch (known, later) {
    case (_, .nothing), (.mixed, _): return
    case (.nothing, _): add(.typeAfterNull, path, run)
    case (.list(let first), .list(let second)):
      check(second, against: first, at: path + "[]", run)
    case (.object(let first), .object(let second)):
      for member in second {
        let name = String(decoding: member.name, as: UTF8.self)
        let inner = path.isEmpty ? name : "\(path).\(name)"
        if let there = first.first(where: { $0.name == member.name }) {
          check(member.type, against: there.type, at: inner, run)
        } else if path.isEmpty {
          add(.lateColumns, inner, run)
        } else if member.type != .nothing {
          add(.lateKeys, inner, run)
        }
      }
    case (.integer, .number): add(.integersBeforeFloats, path, run)
    case (.number, .integer), (.string, .integer), (.string, .number), (.string, .bool),
      (.string, .object), (.string, .mixed), (.integer, .bool), (.number, .bool),
      (.bool, .integer), (.bool, .number):
      return
    default: if known != later { add(.mixedTypes, path, run) }
    }
  }

  private mutating func add(_ code: Finding.Code, _ path: String, _ run: TypeRun) {
    let fault = Fault(code: code, path: path)
    if faults[fault] == nil { order.append(fault) }
    faults[fault, default: Tally()].add(run.first, count: run.count)
  }

  /// Where values of several types meet, which loaders before 4.7 refuse.
  private static func mixedPaths(of type: JSONType, at path: String) -> [String] {
    switch type {
    case .mixed: [path]
    case .list(let element): mixedPaths(of: element, at: path + "[]")
    case .object(let members):
      members.flatMap { member in
        let name = String(decoding: member.name, as: UTF8.self)
        return mixedPaths(of: member.type, at: path.isEmpty ? name : "\(path).\(name)")
      }
    default: []
    }
  }
}
