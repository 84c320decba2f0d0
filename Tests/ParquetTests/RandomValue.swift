import JSON
import TestSupport

@testable import Parquet

/// A value of any type, to be written and compared.
indirect enum RandomValue: Sendable {
  case null
  case boolean(Bool)
  case integer(Int64)
  case number(Double)
  case text(String)
  case list([RandomValue])
  case structure([(name: String, value: RandomValue)])
}

extension RandomValue {
  /// Hands the value to a writer.
  func append(to appender: ValueAppender) {
    switch self {
    case .null: appender.null()
    case .boolean(let value): appender.bool(value)
    case .integer(let value): appender.integer(value)
    case .number(let value): appender.number(value)
    case .text(let value): appender.text(value)
    case .list(let elements):
      appender.list(count: elements.count) { elements[$0].append(to: $1) }
    case .structure(let members):
      for (index, member) in members.enumerated() { member.value.append(to: appender[index]) }
    }
  }

  /// Appends the value as a reader of rows shows it.
  func write(to text: inout JSONText) {
    func list(_ count: Int, _ element: (Int, inout JSONText) -> Void) {
      for index in 0..<count {
        if index > 0 { text.append(", ") }
        element(index, &text)
      }
    }
    switch self {
    case .null: text.append("null")
    case .boolean(let value): text.append(value ? "true" : "false")
    case .integer(let value): text.append(Int(value))
    case .number(let value):
      if value.isInfinite { text.append("Infinity") } else { text.append(value) }
    case .text(let value): text.append(string: value)
    case .list(let elements):
      text.append("[")
      list(elements.count) { elements[$0].write(to: &$1) }
      text.append("]")
    case .structure(let members):
      text.append("{")
      list(members.count) { index, text in
        text.append(string: members[index].name)
        text.append(": ")
        members[index].value.write(to: &text)
      }
      text.append("}")
    }
  }

  /// The value as JSON; numbers as hexadecimal digits of their bits, in a list by itself.
  var json: String {
    switch self {
    case .null: "null"
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): #"{"bits": "\#(String(value.bitPattern, radix: 16))"}"#
    case .text(let value):
      "\""
        + value.unicodeScalars.map { scalar in
          scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
            ? "\\u" + String(repeating: "0", count: scalar.value < 16 ? 3 : 2)
              + String(scalar.value, radix: 16) : String(scalar)
        }.joined() + "\""
    case .list(let elements): "[" + elements.map(\.json).joined(separator: ", ") + "]"
    case .structure(let members):
      "{" + members.map { "\"\($0.name)\": \($0.value.json)" }.joined(separator: ", ") + "}"
    }
  }
}

/// Makes types up, and values of them.
struct RandomRows {
  var random: SeededRandom
  /// Of a thousand values so many are null.
  var nullShare: Int
  private let texts: [String]

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
    nullShare = [0, 50, 300, 1000][random.below(4)]
    var random = random
    texts = (0..<[1, 3, 40, 4000][random.below(4)]).map { number in
      String(repeating: ["é", "a", "xyz ", "😀"][number % 4], count: random.below(40))
        + "\(number)\n\"\\"
    }
    self.random = random
  }

  mutating func columns() -> [ColumnType.Field] {
    (0..<(1 + random.below(5))).map { ColumnType.Field("column \($0)", type(depth: 0)) }
  }

  private mutating func type(depth: Int) -> ColumnType {
    switch random.below(depth > 3 ? 6 : 9) {
    case 0: .boolean
    case 1: .int32
    case 2: .int64
    case 3: .float
    case 4: .double
    case 5: .text
    case 6, 7: .list(type(depth: depth + 1))
    default:
      .structure(
        (0..<(1 + random.below(3))).map {
          ColumnType.Field("member\($0)", type(depth: depth + 1))
        })
    }
  }

  mutating func value(of type: ColumnType) -> RandomValue {
    if random.below(1000) < nullShare { return .null }
    switch type {
    case .boolean: return .boolean(random.below(3) == 0)
    case .int32:
      return .integer(Int64(Int32(truncatingIfNeeded: random.next() >> UInt64(random.below(32)))))
    case .int64: return .integer(Int64(bitPattern: random.next() >> UInt64(random.below(64))))
    case .float: return .number(Double(Float(random.normal())))
    case .double: return .number(double())
    case .text: return .text(texts[random.below(texts.count)])
    case .list(let element):
      let count = random.below(4) == 0 ? 0 : random.below(random.below(20) == 0 ? 60 : 5)
      return .list((0..<count).map { _ in value(of: element) })
    case .structure(let members):
      return .structure(members.map { (name: $0.name, value: value(of: $0.type)) })
    }
  }

  private mutating func double() -> Double {
    switch random.below(20) {
    case 0: -0.0
    case 1: .infinity
    case 2: .leastNonzeroMagnitude
    default: random.normal() * 1000
    }
  }
}
