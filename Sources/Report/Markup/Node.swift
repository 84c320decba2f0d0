internal import Records

/// A piece of HTML or SVG.
///
/// Text and attribute values are escaped when a node is written, so nothing that comes from data
/// can become markup.
package indirect enum Node: Sendable {
  case text(String)
  case element(Element)
  /// A place that is filled later, once the rest is written.
  case gap

  package struct Element: Sendable {
    var name: String
    var attributes: [(name: String, value: String)]
    var children: [Node]
  }
}

/// An element of HTML or SVG.
package func tag(
  _ name: String, _ attributes: KeyValuePairs<String, String> = [:],
  @NodeBuilder _ children: () -> [Node] = { [] }
) -> Node {
  .element(
    Node.Element(
      name: name, attributes: attributes.map { ($0.key, $0.value) }, children: children()))
}

extension Node {
  /// The piece as it stands in a file.
  package var html: String {
    var output = ""
    write(to: &output)
    return output
  }

  /// What a gap is in a file.
  static var gapMark: UInt8 { 0 }

  /// Elements that have no end tag in HTML.
  private static let voidElements: Set<String> = ["meta", "link", "br", "hr"]

  private func write(to output: inout String) {
    switch self {
    case .text(let text): output.append(escaping: text)
    // No text has it: it is one of the characters that HTML excludes.
    case .gap: output.unicodeScalars.append(Unicode.Scalar(Self.gapMark))
    case .element(let element):
      output += "<\(element.name)"
      for attribute in element.attributes {
        output += " \(attribute.name)=\""
        output.append(escaping: attribute.value)
        output += "\""
      }
      guard !Self.voidElements.contains(element.name) else {
        // The slash makes pages well-formed XML as well.
        output += "/>"
        return
      }
      output += ">"
      // The only text of ours that is not HTML.
      if element.name == "style", case .text(let rules)? = element.children.first {
        output += rules
      } else {
        element.children.forEach { $0.write(to: &output) }
      }
      output += "</\(element.name)>"
    }
  }
}

extension String {
  /// Appends text with the characters of markup escaped, and U+FFFD for those that HTML excludes.
  fileprivate mutating func append(escaping text: String) {
    guard !text.utf8.allSatisfy(\.isPlain) else {
      self += text
      return
    }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": self += "&amp;"
      case "<": self += "&lt;"
      case ">": self += "&gt;"
      case "\"": self += "&quot;"
      case "\t", "\n": unicodeScalars.append(scalar)
      case "\r": self += "&#13;"
      case _ where scalar.steersDisplay: self += "\u{FFFD}"
      default: unicodeScalars.append(scalar)
      }
    }
  }
}

extension UInt8 {
  /// Whether this is a character of ASCII that stands for itself in markup.
  fileprivate var isPlain: Bool {
    switch self {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""): false
    case 0x20..<0x7F: true
    default: false
    }
  }
}
