internal import Ingest
internal import Records
internal import Rows
internal import Text

/// The characteristics of a text.
struct TextMeasures: Sendable {
  /// Unicode code points.
  var characters: Double
  /// In the order wanted; NaN for a field of the row.
  var characteristics: [Double]

  init(_ text: [UInt8], _ wanted: [Characteristic]) {
    characters = Double(CodePoints.count(text.span))
    characteristics = wanted.map { $0.value(of: text.span) ?? .nan }
  }

  /// Takes the characteristics that are fields of the row.
  mutating func takeFields(_ wanted: [Characteristic], _ value: (String) -> Double) {
    for (number, characteristic) in wanted.enumerated() {
      if case .field(let path) = characteristic { characteristics[number] = value(path) }
    }
  }
}
