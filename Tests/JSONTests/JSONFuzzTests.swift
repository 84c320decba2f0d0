internal import Foundation
import TestSupport
import Testing

@testable import JSON

/// Made-up and damaged documents, at every alignment and with anything behind them, as Python reads
/// them.
///
/// `DPO_PREP_FUZZ` is how many documents there are; a long run belongs to every change of the
/// scanner or of its kernels (CONTRIBUTING.md). Batches differ in their seeds, so a batch that fails
/// can be run again alone.
@Suite struct JSONFuzzTests {
  private static let batchSize = 20_000
  private static let batches: Range<UInt64> = {
    let asked = ProcessInfo.processInfo.environment["DPO_PREP_FUZZ"].flatMap(Int.init)
    return 0..<UInt64(max(1, (asked ?? batchSize) / batchSize))
  }()

  @Test(.enabled(if: JSONOracle.python != nil, Comment(rawValue: JSONOracle.reason)))
  func documentsAreReadAsPythonReadsThem() throws {
    for seed in Self.batches {
      let verdict = try judgement(of: batch(seed: seed))
      let counts = try #require(verdict.last).split(separator: " ").compactMap { Int($0) }
      #expect(counts.first == Self.batchSize, "seed \(seed)")
      // Neither only good documents nor only bad ones.
      #expect((Self.batchSize / 10...Self.batchSize * 9 / 10).contains(counts.last ?? 0))
      #expect(verdict.dropLast().joined(separator: "\n") == "", "seed \(seed)")
    }
  }

  private func batch(seed: UInt64) -> Data {
    var maker = DocumentMaker(random: SeededRandom(seed: 0xD0C5 &+ seed &* 0x1_0001))
    var batch = Data()
    func append(_ bytes: [UInt8]?) {
      let count = bytes.map { UInt32($0.count) } ?? .max
      withUnsafeBytes(of: count.littleEndian) { batch.append(contentsOf: $0) }
      batch.append(contentsOf: bytes ?? [])
    }
    for _ in 0..<Self.batchSize {
      let document = maker.document()
      append(document)
      // Behind a row stands a line feed or what an array has there.
      let behind = [maker.pick(Array("\n,] ".utf8))] + maker.noise(64...64)
      append(read(document, between: maker.noise(0...70), behind))
    }
    return batch
  }

  /// What the scanner reads in a document that stands between other bytes; nil where it refuses.
  private func read(
    _ document: [UInt8], between before: [UInt8], _ behind: [UInt8]
  ) -> [UInt8]? {
    let text = before + document + behind
    return PaddedBytes.with(text.span) { base in
      var scanner = JSONScanner(base, from: before.count, to: before.count + document.count)
      var nothing = FieldSlots()
      guard let value = try? scanner.scanValue(at: nil, into: &nothing), scanner.isAtEnd else {
        return nil
      }
      var written: [UInt8] = []
      JSONValue(value, in: base).write(to: &written)
      return written
    }
  }

  private func judgement(of batch: Data) throws -> [Substring] {
    let script = URL(filePath: #filePath)
      .deletingLastPathComponent().appending(path: "../oracle/json_fuzz.py").standardized
    let input = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try batch.write(to: input)
    defer { try? FileManager.default.removeItem(at: input) }
    let process = Process()
    process.executableURL = URL(filePath: JSONOracle.python ?? "")
    process.arguments = ["-B", script.path(percentEncoded: false)]
    process.standardInput = try FileHandle(forReadingFrom: input)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: text, as: UTF8.self).split(separator: "\n")
  }
}

/// Makes documents that are JSON, and damages some.
private struct DocumentMaker {
  var random: SeededRandom

  private static let words = [
    "a", "word", " ", "The quick answer to this", "é", "数学", "😀", "\u{7F}", "0123456789abcdef",
    #"\""#, #"\\"#, #"\/"#, #"\b"#, #"\f"#, #"\n"#, #"\r"#, #"\t"#, #"\u0041"#, #"\u00e9"#,
    #"\uD83D\uDE00"#, #"\ud83d"#, #"\ude00"#, #"\ud83d\ud83d\ude00"#, #"\u0000"#, #"\\\""#, #"\\u"#,
  ]
  private static let numbers = [
    "0", "-0", "1", "-1.5e-3", "123456789012345678901", "1E400", "-0.0", "5e-324", "0.1",
    "9007199254740993", "1e5", "NaN", "Infinity", "-Infinity",
  ]
  /// What damage is made of: bytes that mean something to a scanner of text.
  private static let hostile: [UInt8] =
    Array(#""\/{}[],:+-.eE019untfNIbr"#.utf8)
    + [0x00, 0x09, 0x0A, 0x0D, 0x1F, 0x20, 0x7F, 0x80, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xE0, 0xED]
    + [0xEF, 0xF0, 0xF4, 0xF5, 0xFF]

  mutating func document() -> [UInt8] {
    var text = blanks()
    value(depth: 0, into: &text)
    text += blanks()
    if random.below(10) < 6 {
      for _ in 0...random.below(3) { damage(&text) }
    }
    return text
  }

  /// Some bytes of which most mean something.
  mutating func noise(_ count: ClosedRange<Int>) -> [UInt8] {
    (0..<Int.random(in: count, using: &random)).map { _ in
      random.below(4) == 0 ? UInt8(random.below(256)) : pick(Self.hostile)
    }
  }

  private mutating func value(depth: Int, into text: inout [UInt8]) {
    switch random.below(depth > 4 ? 6 : 9) {
    case 0: text += pick(["true", "false", "null"]).utf8
    case 1: text += pick(Self.numbers).utf8
    case 2: text += String(Double(bitPattern: random.next())).replacing("inf", with: "0").utf8
    case 3...5: string(into: &text)
    case 6:
      list("[", "]", into: &text) { $0.value(depth: depth + 1, into: &$1) }
    default:
      list("{", "}", into: &text) {
        $0.string(into: &$1)
        $1 += $0.blanks() + ":".utf8 + $0.blanks()
        $0.value(depth: depth + 1, into: &$1)
      }
    }
  }

  private mutating func list(
    _ start: String, _ end: String, into text: inout [UInt8],
    _ element: (inout Self, inout [UInt8]) -> Void
  ) {
    text += start.utf8
    let count = random.below(5)
    for index in 0..<count {
      if index > 0 { text += ",".utf8 }
      text += blanks()
      element(&self, &text)
      text += blanks()
    }
    text += end.utf8
  }

  private mutating func string(into text: inout [UInt8]) {
    text += "\"".utf8
    // A plain run moves what follows to any place in a block.
    if random.below(3) == 0 {
      text += [UInt8](repeating: UInt8(ascii: "x"), count: random.below(140))
    }
    for _ in 0..<random.below(12) { text += pick(Self.words).utf8 }
    text += "\"".utf8
  }

  private mutating func blanks() -> [UInt8] {
    random.below(3) == 0 ? Array(pick([" ", "\n", "\t", "\r\n", "  "]).utf8) : []
  }

  private mutating func damage(_ text: inout [UInt8]) {
    let place = random.below(text.count + 1)
    let byte = pick(Self.hostile)
    switch random.below(5) {
    case 0 where place < text.count: text[place] = byte
    case 1 where place < text.count: text[place] ^= 1 << UInt8(random.below(8))
    case 2 where place < text.count:
      text.removeSubrange(place..<min(text.count, place + 1 + random.below(4)))
    case 3: text.removeSubrange(place...)
    default: text.insert(byte, at: place)
    }
    if text.isEmpty { text = [byte] }
  }

  mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[random.below(choices.count)]
  }
}

extension JSONValue {
  /// Appends the value in the form that `json_fuzz.py` describes.
  fileprivate func write(to output: inout [UInt8]) {
    func append(text: [UInt8]) {
      output.append(UInt8(ascii: "\""))
      withUnsafeBytes(of: UInt32(text.count).littleEndian) { output += $0 }
      output += text
    }
    switch self {
    case .null: output.append(UInt8(ascii: "n"))
    case .bool(let value): output.append(UInt8(ascii: value ? "t" : "f"))
    case .number, .integer, .largeInteger:
      output.append(UInt8(ascii: "#"))
      withUnsafeBytes(of: (number ?? .nan).bitPattern.littleEndian) { output += $0 }
    case .string(let text): append(text: text)
    case .list(let elements):
      output.append(UInt8(ascii: "["))
      for element in elements { element.write(to: &output) }
      output.append(UInt8(ascii: "]"))
    case .object(let members):
      output.append(UInt8(ascii: "{"))
      for member in members {
        append(text: member.name)
        member.value.write(to: &output)
      }
      output.append(UInt8(ascii: "}"))
    }
  }
}
