import Testing

@testable import Settings

@Suite struct PlainScalarTests {
  @Test(arguments: [
    ("", PlainScalar.null), ("~", .null), ("null", .null), ("Null", .null), ("nULL", .text),
    ("true", .bool(true)), ("FALSE", .bool(false)), ("yes", .text), ("on", .text), ("off", .text),
    ("0", .int(0)), ("-7", .int(-7)), ("+7", .int(7)), ("007", .int(7)),
    ("9223372036854775807", .int(.max)), ("9223372036854775808", .hugeInteger),
    ("1_000", .text), ("0x10", .text), ("0o7", .text), ("1:30", .text), ("2GiB", .text),
    ("1e-3", .double(0.001)), ("1E3", .double(1000)), ("1.", .double(1)), (".5", .double(0.5)),
    ("-.5e+1", .double(-5)), ("1e999", .double(nil)), ("1e", .text), ("e1", .text), (".", .text),
    ("-", .text), ("+", .text), ("1.2.3", .text), (".inf", .text), (".nan", .text),
    ("nan", .text), ("inf", .text), ("0x1p3", .text), ("1.e2", .double(100)), ("1 ", .text),
    ("\u{0661}", .text), ("1\u{0301}", .text),
  ])
  func meaning(text: String, expected: PlainScalar) {
    #expect(PlainScalar(text) == expected)
  }
}
