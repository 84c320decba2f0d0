import Testing

@testable import Audit

/// What pyarrow 25 takes for what, tried out with it.
@Suite struct LoaderTextTests {
  @Test(
    arguments: [
      "2024-01-01", "2024-01-01 10", "2024-01-01 10:00", "2024-01-01T10:00:00",
      "2024-01-01T10:00:00Z", "2024-01-01T10:00:00+02", "2024-01-01T10:00+0200", "2024-01-01T10Z",
      "0001-01-01", "9999-12-31", "2024-02-29",
    ])
  func dates(text: String) { #expect(LoaderText.isTimestamp(Array(text.utf8))) }

  @Test(
    arguments: [
      "", "2024", "2024-1-1", "2024-13-01", "2024-02-30", "20240101", "10:00:00",
      "2024-01-01T10:00:00.123Z", "2024-01-01T10:00:00.", "2024-01-01T24:00:00",
      "2024-01-01T23:59:60", "2024-01-01t10:00:00", "2024-01-01T10:00:00z", " 2024-01-01",
      "-2024-01-01", "2024-01-01Z", "2024-01-01T1000", "2023-02-29", "2024-01-01T",
    ])
  func noDates(text: String) { #expect(!LoaderText.isTimestamp(Array(text.utf8))) }

  @Test func wholeNumbers() {
    for text in ["1", "-1", "0x1F", "01", "-0", "9223372036854775807"] {
      #expect(LoaderText.isInteger(Array(text.utf8)), "\(text)")
    }
    for text in ["", " 1", "1 ", "+1", "1e3", "1.0", "9223372036854775808", "1_0", "0x", "--1"] {
      #expect(!LoaderText.isInteger(Array(text.utf8)), "\(text)")
    }
  }

  @Test func numbers() {
    for text in ["1", "+1", "-1", "1e3", "01", "nan", "-inf", "Infinity", ".5", "5.", "1e400"] {
      #expect(LoaderText.isNumber(Array(text.utf8)), "\(text)")
    }
    for text in ["", " 1", "1 ", "0x1F", "1e", "s", "true"] {
      #expect(!LoaderText.isNumber(Array(text.utf8)), "\(text)")
    }
  }

  @Test func truthValues() {
    for text in ["true", "True", "FALSE", "0", "1"] {
      #expect(LoaderText.isTruth(Array(text.utf8)), "\(text)")
    }
    for text in ["", "t", "yes", " true", "2"] {
      #expect(!LoaderText.isTruth(Array(text.utf8)), "\(text)")
    }
  }
}
