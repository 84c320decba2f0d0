import TestSupport
import Testing

@testable import JSON

@Suite struct FieldSlotsTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let path: String
    let row: String
    /// The text of the value found, or nil where there is none.
    let value: String?
    /// The texts of the elements found, or nil where no list was met.
    let elements: [String?]?
    var testDescription: String { "\(path) in \(row)" }

    init(_ path: String, _ row: String, _ value: String?, elements: [String?]? = nil) {
      (self.path, self.row, self.value, self.elements) = (path, row, value, elements)
    }
  }

  static let paths: [Example] = [
    Example("a", #"{"a": 1}"#, "1"),
    Example("a", #"{"b": 1}"#, nil),
    Example("a", #"{"b": {"a": 1}}"#, nil),
    Example("a", #"{"a": "x\ny"}"#, #"x\ny"#),
    Example("a.b", #"{"a": {"b": 1, "c": 2}}"#, "1"),
    Example("a.b", #"{"a": {"c": {"b": 1}}}"#, nil),
    Example("a.b", #"{"a.b": 1}"#, nil),
    Example("a.b", #"{"a": 1}"#, nil),
    Example("a.b.c", #"{"a": {"b": {"c": null}}}"#, "null"),
    Example("a", #"{"a": {"b": 1}}"#, #"{"b": 1}"#),
    Example("é", #"{"\u00e9": 1}"#, "1"),
    Example("key", #"{"k\u0065y": 1}"#, "1"),
    Example("", #"{"": 1}"#, "1"),
  ]

  static let lists: [Example] = [
    Example("a", #"{"a": []}"#, "[]", elements: []),
    Example("a", #"{"a": [1, "x", null]}"#, #"[1, "x", null]"#, elements: ["1", "x", "null"]),
    Example("a", #"{"a": [[1], [2, 3]]}"#, "[[1], [2, 3]]", elements: ["[1]", "[2, 3]"]),
    Example("a.b", #"{"a": {"b": [1, 2]}}"#, "[1, 2]", elements: ["1", "2"]),
    Example("a.b", #"{"a": [{"b": 1}, {"b": 2}]}"#, nil, elements: ["1", "2"]),
    Example("a.b", #"{"a": [{"b": 1}, {"c": 2}, {}, 7]}"#, nil, elements: ["1", nil, nil, nil]),
    Example("a.b", #"{"a": [{"c": 1}, {"b": 2}]}"#, nil, elements: [nil, "2"]),
    Example("a.b.c", #"{"a": [{"b": {"c": 1}}, {"b": 2}]}"#, nil, elements: ["1", nil]),
    // Only the outermost list counts: what lies in lists inside its elements is not collected.
    Example("a.b", #"{"a": [{"b": [1, 2]}]}"#, nil, elements: ["[1, 2]"]),
    Example("a.b.c", #"{"a": [{"b": [{"c": 1}]}]}"#, nil, elements: [nil]),
    Example("a.b", #"{"a": [[{"b": 1}]]}"#, nil, elements: [nil]),
  ]

  /// The last of equal keys counts, with everything below it.
  static let repeated: [Example] = [
    Example("a", #"{"a": 1, "a": 2}"#, "2"),
    Example("a", #"{"a": 1, "\u0061": 2}"#, "2"),
    Example("a.b", #"{"a": {"b": 1}, "a": {"b": 2}}"#, "2"),
    Example("a.b", #"{"a": {"b": 1}, "a": {}}"#, nil),
    Example("a.b", #"{"a": {"b": 1}, "a": 2}"#, nil),
    Example("a", #"{"a": [1, 2], "a": 3}"#, "3"),
    Example("a", #"{"a": [1, 2], "a": [3]}"#, "[3]", elements: ["3"]),
    Example("a.b", #"{"a": [{"b": 1}], "a": {"b": 2}}"#, "2"),
    Example("a.b", #"{"a": {"b": 2}, "a": [{"b": 1}]}"#, nil, elements: ["1"]),
    Example("a.b", #"{"a": [{"b": 1, "b": 2}, {"b": 3}]}"#, nil, elements: ["2", "3"]),
    Example(
      "a.b.c", #"{"a": [{"b": {"c": 1}, "b": {}}, {"b": {"c": 2}}]}"#, nil, elements: [nil, "2"]),
  ]

  @Test(arguments: paths + lists + repeated)
  func valuesAreFoundAtTheirPaths(example: Example) throws {
    try withScannable(Array(example.row.utf8)) { base, count in
      var slots = FieldSlots()
      let slot = slots.want(example.path)
      func text(_ value: JSONSlice) -> String? {
        guard value.kind != .absent else { return nil }
        return String(decoding: base.copy(value.range), as: UTF8.self)
      }
      // Twice, since nothing of a row may be left when the next is read.
      for _ in 0..<2 {
        var scanner = JSONScanner(base, from: 0, to: count)
        try scanner.scanRow(into: &slots)
        #expect(text(slots[slot].value) == example.value)
        #expect(slots[slot].isList == (example.elements != nil))
        #expect(slots[slot].elements.map(text) == example.elements ?? [])
        #expect(slots[slot].isPresent == (example.value != nil || example.elements != nil))
      }
    }
  }

  @Test func equalPathsShareASlot() {
    var slots = FieldSlots()
    let first = slots.want("a.b")
    #expect(slots.want("a") != first)
    #expect(slots.want("a.b") == first)
  }

  @Test func pathsThatShareTheirBeginningAreFoundTogether() throws {
    try withScannable(Array(#"{"a": [{"x": 1, "y": 2}, {"y": 4, "x": 3}], "z": 5}"#.utf8)) {
      base, count in
      var slots = FieldSlots()
      let (whole, x, y, z) = (
        slots.want("a"), slots.want("a.x"), slots.want("a.y"), slots.want("z")
      )
      var scanner = JSONScanner(base, from: 0, to: count)
      try scanner.scanRow(into: &slots)
      func digits(_ slot: Int) -> [UInt8] { slots[slot].elements.map { base[$0.start] - 0x30 } }
      #expect(digits(x) == [1, 3])
      #expect(digits(y) == [2, 4])
      #expect(slots[whole].elements.map(\.kind) == [.object, .object])
      #expect(slots[z].value.kind == .number)
    }
  }

  @Test func aBrokenRowLeavesNothingForTheNext() throws {
    var slots = FieldSlots()
    let slot = slots.want("a.b")
    withScannable(Array(#"{"a": [{"b": 1}, {"b": "#.utf8)) { base, count in
      var scanner = JSONScanner(base, from: 0, to: count)
      #expect(throws: JSONFault.self) { try scanner.scanRow(into: &slots) }
    }
    try withScannable(Array(#"{"a": {"b": 2}}"#.utf8)) { base, count in
      var scanner = JSONScanner(base, from: 0, to: count)
      try scanner.scanRow(into: &slots)
    }
    #expect(slots[slot].value.kind == .number)
    #expect(!slots[slot].isList && slots[slot].elements.isEmpty)
  }
}
