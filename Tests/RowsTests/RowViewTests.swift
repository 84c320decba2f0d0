import Foundation
import JSON
import Parquet
import Records
import TestSupport
import Testing

@testable import Rows

/// Rows that are looked at in columns hold the pairs that their values hold.
@Suite struct RowViewTests {
  /// A Parquet file in memory.
  private final class Bytes: ParquetInput {
    private let bytes: [UInt8]
    var byteCount: Int { bytes.count }

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func read(at offset: Int, into room: inout OutputSpan<UInt8>) throws(ParquetError) {
      for byte in bytes[min(offset, bytes.count)...].prefix(room.freeCapacity) {
        room.append(byte)
      }
    }
  }

  // MARK: Rows as a file

  /// The type that all of some values have as a column; nil where Parquet has none for them.
  private static func type(of values: [JSONValue]) -> ColumnType? {
    let values = values.filter { $0 != .null }
    switch values.first {
    case nil, .null?, .string?: return .text
    case .bool?: return .boolean
    case .integer?, .number?: return .double
    case .largeInteger?: return nil
    case .list?: return type(of: values.flatMap { $0.elements ?? [] }).map { .list($0) }
    case .object?:
      var names: [String] = []
      for member in values.flatMap({ $0.members ?? [] }) {
        let name = String(decoding: member.name, as: UTF8.self)
        if !names.contains(name) { names.append(name) }
      }
      let fields = names.compactMap { name in
        type(of: values.map { $0[name] ?? .null }).map { ColumnType.Field(name, $0) }
      }
      return fields.isEmpty || fields.count < names.count ? nil : .structure(fields)
    }
  }

  private static func append(_ value: JSONValue, _ type: ColumnType, to appender: ValueAppender) {
    switch (type, value) {
    case (.text, .string(let text)): appender.text(text)
    case (.boolean, .bool(let truth)): appender.bool(truth)
    case (.double, _) where value.number != nil: appender.number(value.number ?? 0)
    case (.list(let element), .list(let elements)):
      appender.list(count: elements.count) { Self.append(elements[$0], element, to: $1) }
    case (.structure(let fields), .object):
      for (place, field) in fields.enumerated() {
        Self.append(value[field.name] ?? .null, field.type, to: appender[place])
      }
    default: appender.null()
    }
  }

  private static func file(of rows: [JSONValue]) -> Bytes? {
    guard case .structure(let fields)? = type(of: rows) else { return nil }
    let writer = ParquetWriter(
      columns: fields,
      options: ParquetWriterOptions(pageByteCount: 300, rowGroupByteCount: 4000), writer: "test")
    var bytes: [UInt8] = []
    for row in rows {
      writer.append({ appender in
        for (place, field) in fields.enumerated() {
          Self.append(row[field.name] ?? .null, field.type, to: appender[place])
        }
      }) { $0.withUnsafeBytes { bytes.append(contentsOf: $0) } }
    }
    writer.finish { $0.withUnsafeBytes { bytes.append(contentsOf: $0) } }
    return Bytes(bytes)
  }

  // MARK: Both ways

  /// Reads a file both ways and compares.
  ///
  /// - Returns: how many rows were read without their values; nil where columns are not read.
  private static func compare(_ input: Bytes, _ name: String) throws -> Int? {
    let rows = try ParquetRows(input, columns: nil, rowLimit: 32 << 20)
    var values: [JSONValue] = []
    var text = JSONText()
    while try rows.next(into: &text) {
      values.append(try #require(JSONValue(document: text.bytes, isOurs: true)))
      text.clear()
    }
    let file = try ColumnRows(input)
    guard let first = values.first, let reader = PairRowReader(like: first),
      let columns = PairColumns(
        reader, file, beside: ["source"], alternatives: [["prompt", "messages"], ["chosen"]])
    else { return nil }
    var (seen, exchanges) = (0, 0)
    for group in 0..<file.groupCount {
      let batches = try file.batches(ofGroup: group, columns.choice.leaves, in: input)
      while let batch = try batches.next() {
        for row in 0..<batch.rowCount {
          let view = RowView(batch, columns, row: row)
          let expected = Result { () throws(ReadingFault) in try reader.read(values[seen]) }
          let place = "\(name), row \(seen)"
          #expect(view.line == seen + 1)
          #expect(try view.valuesBeside() == [values[seen]["source"]], "\(place)")
          let whole = try view.value()
          let again = Result { () throws(ReadingFault) in try reader.read(whole) }
          #expect((again == expected) as Bool, "\(place)")
          if let exchange = try view.exchange() {
            let pair = try #require((try expected.get()) ?? nil, "\(place)")
            let turns = exchange.turns.map { Message($0.role, text: batch.bytes($0.text)) }
            #expect((turns == pair.conversation.messages) as Bool, "\(place)")
            #expect(pair.conversation.context.isEmpty, "\(place)")
            #expect(pair.chosen == .text(batch.bytes(exchange.chosen)), "\(place)")
            #expect(pair.rejected == .text(batch.bytes(exchange.rejected)), "\(place)")
            #expect(try view.scores() == pair.scores, "\(place)")
            #expect(try view.promptID() == pair.promptID, "\(place)")
            exchanges += 1
          }
          seen += 1
        }
      }
    }
    #expect(seen == values.count, "\(name)")
    return exchanges
  }

  private static let samples =
    URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
    + "/samples/formats"

  @Test func everyLayoutIsReadAlikeBothWays() throws {
    var read: [String: Int] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: Self.samples)
    where name.hasSuffix(".jsonl") {
      let lines = try String(contentsOfFile: "\(Self.samples)/\(name)", encoding: .utf8)
        .split(separator: "\n")
      let rows = lines.compactMap { JSONValue(document: Array($0.utf8)) }
      guard let input = Self.file(of: rows) else { continue }
      read[name] = try Self.compare(input, name)
    }
    for name in ["pairs-h4", "pairs-strings", "pairs-tulu", "pairs-llama-factory"] {
      #expect(read["\(name).jsonl"] ?? 0 > 0, "\(name): \(read)")
    }
  }

  /// Rows of every shape that messages come in, right and wrong.
  @Test(arguments: 0..<30 as Range<UInt64>)
  func randomRowsAreReadAlikeBothWays(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    func text(_ choices: [String]) -> JSONValue { .string(choices[random.below(choices.count)]) }
    let roles = seed % 3 == 0 ? ["user", "assistant", "system", "tool_call", "robot"] : []
    let texts = ["a", "b", "", "\n\nHuman: a\n\nAssistant: b", "Human: c", "naïve 日本", " a "]
    func message(_ role: String) -> JSONValue {
      var members: [JSONValue.Member] = [
        .init(name: "role", value: .string(role)), .init(name: "content", value: text(texts)),
      ]
      if seed % 2 == 0, random.below(9) == 0 { members[random.below(2)].value = .null }
      if !roles.isEmpty, random.below(9) == 0 { members[0].value = text(roles) }
      if seed % 5 == 0 {
        members.append(.init(name: "name", value: random.below(9) == 0 ? text(texts) : .null))
      }
      return random.below(40) == 0 && seed % 2 == 0 ? .null : .object(members)
    }
    func turns(_ roles: [String]) -> JSONValue { .list(roles.map(message)) }
    let prompts = [["user"], ["system", "user"], ["user", "assistant", "user"], []]
    var rows: [JSONValue] = []
    for number in 0..<60 {
      let prompt = prompts[number == 0 ? 0 : random.below(4)]
      let (whole, other) = (turns(prompt + ["assistant"]), turns(prompt + ["assistant"]))
      var answers = [whole, other]
      if random.below(2) == 0, let turns = whole.elements, let last = other.elements?.last {
        answers[1] = .list(turns.dropLast() + [last])
      }
      if seed % 4 == 1 || random.below(9) == 0 {
        answers = [turns(["assistant"]), turns(["assistant"])]
      }
      var members: [JSONValue.Member] = [
        .init(name: "chosen", value: answers[0]), .init(name: "rejected", value: answers[1]),
        .init(name: "prompt_id", value: .string("\(number / 2)")),
        .init(name: "score_chosen", value: .number(random.normal())),
        .init(name: "score_rejected", value: number % 7 == 0 ? .null : .number(1)),
        .init(name: "source", value: text(["web", "book"])),
      ]
      switch seed % 4 {
      case 0: members.append(.init(name: "prompt", value: text(texts)))
      case 1: members.append(.init(name: "prompt", value: turns(prompt)))
      case 2: members.append(.init(name: "messages", value: whole))
      default: members.append(.init(name: "system", value: text(texts)))
      }
      if number > 0, random.below(9) == 0 { members[random.below(members.count)].value = .null }
      rows.append(.object(members))
    }
    let input = try #require(Self.file(of: rows))
    _ = try #require(try Self.compare(input, "seed \(seed)"))
  }
}
