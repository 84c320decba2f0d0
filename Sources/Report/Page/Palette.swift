/// The colours of pages and figures by name.
///
/// After Okabe and Ito, which differ for every kind of colour vision, darkened or lightened until they
/// stand out from the page by at least 4.5 : 1.
struct Palette {
  private let colors: KeyValuePairs<String, String>

  static let light = Palette(colors: [
    "page": "#ffffff", "text": "#1a1d21", "muted": "#586069", "faint": "#e4e7ea",
    "panel": "#f6f7f8", "link": "#005fa3", "before": "#6d737b", "after": "#0068a8",
    "chosen": "#00755a", "rejected": "#a8457c", "curve": "#bd4b00", "density": "#2f6db3",
    "neutral": "#586069", "del": "#fbe3d6", "ins": "#d9ecf9",
  ])
  static let dark = Palette(colors: [
    "page": "#14171a", "text": "#e8eaed", "muted": "#a3abb4", "faint": "#2e343a",
    "panel": "#1c2024", "link": "#79c0ff", "before": "#a9b0b8", "after": "#56b4e9",
    "chosen": "#35c49c", "rejected": "#e58cba", "curve": "#ff9a57", "density": "#7fb2ea",
    "neutral": "#a3abb4", "del": "#4d2a17", "ins": "#12395a",
  ])

  /// As variables of a stylesheet.
  var variables: String {
    colors.map { "--\($0.key): \($0.value);" }.joined(separator: " ")
  }

  /// Rules with the colours in place of the variables.
  func colored(_ rules: String) -> String {
    colors.reduce(rules) { $0.replacing("var(--\($1.key))", with: $1.value) }
  }
}
