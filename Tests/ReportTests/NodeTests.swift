import Foundation
import FoundationXML
import TestSupport
import Testing

@testable import Report

@Suite struct NodeTests {
  /// What an XML parser, which knows nothing of this module, finds in markup.
  private final class Reader: NSObject, XMLParserDelegate {
    private(set) var elements: [String] = []
    private(set) var attributes: [[String: String]] = []
    private(set) var text = ""

    init?(_ bytes: [UInt8]) {
      super.init()
      let parser = XMLParser(data: Data(bytes))
      parser.delegate = self
      guard parser.parse() else { return nil }
    }

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      elements.append(name)
      self.attributes.append(attributes)
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
  }

  private static let hostile = [
    "<script>alert('x')</script>", "</style><svg onload=alert(1)>", "a & b &lt; c &amp;amp; \"q\"",
    "\" onmouseover=\"x", "]]>", "<!-- ", "line\r\nbreak\ttab", "\u{202E}right to left",
    "\u{FEFF}", "e\u{301}\u{1F600}",
  ]

  @Test(arguments: hostile)
  func textStaysText(text: String) throws {
    let node = tag("p", ["title": text]) { text }
    let reader = try #require(Reader(Array(node.html.utf8)))
    #expect(reader.elements == ["p"])
    // What would turn the text around on the page is replaced.
    let text = text.replacing("\u{202E}", with: "\u{FFFD}")
    #expect(Array(reader.text.unicodeScalars) == Array(text.unicodeScalars))
    let title = try #require(reader.attributes.first?["title"])
    // XML makes spaces of an attribute's white space, HTML does not.
    func visible(_ text: String) -> [Unicode.Scalar] {
      text.unicodeScalars.filter { !$0.properties.isWhitespace }
    }
    #expect(visible(title) == visible(text))
  }

  @Test func charactersThatHTMLExcludesAreReplaced() {
    let controls = (0..<32).map { String(Unicode.Scalar(UInt8($0))) }.joined() + "\u{7F}\u{85}"
    let html = tag("p") { controls }.html
    #expect(html.unicodeScalars.count { $0 == "\u{FFFD}" } == 32 - 3 + 2)
    #expect(!html.unicodeScalars.contains { $0.value < 32 && $0 != "\t" && $0 != "\n" })
  }

  @Test func pagesAreWellFormedAndFetchNothing() throws {
    let chart = Chart(
      "<b>", x: Axis("x", Extent(0, 1)), y: Axis("y", Extent(0, 1)),
      layers: [.dots([.init(x: 0.5, y: 0.5, lower: 0.4, upper: 0.6)], .before, label: "<i>")])
    let page = ReportPage(
      title: Self.hostile.joined(), lead: "&", keyFigures: [KeyFigure("<", ">", former: "&")],
      sections: [
        ReportPage.Section("<h1>", [.figures([chart.figure(id: "a")])]),
        ReportPage.Section(
          "t", DataTable(["<"], Self.hostile.map { [$0] }).nodes(label: "\"<")),
      ], generator: "dpo-prep")
    let reader = try #require(Reader(page.utf8))
    #expect(Set(reader.elements).isDisjoint(with: ["script", "iframe", "img", "object", "b >"]))
    #expect(reader.elements.count { $0 == "h1" } == 1)
    for (name, value) in reader.attributes.flatMap(\.self) {
      #expect(!name.hasPrefix("on"))
      if name == "href" || name == "src" {
        #expect(value.hasPrefix("#") || value == "data:,", "\(value)")
      }
    }
    // Every figure names what it shows, every entry of the contents is there.
    for (name, attributes) in zip(reader.elements, reader.attributes) where name == "svg" {
      #expect(attributes["role"] == "img" && attributes["aria-label"]?.isEmpty == false)
    }
    let ids = reader.attributes.compactMap { $0["id"] }
    #expect(Set(ids).count == ids.count)
    let targets = reader.attributes.compactMap { $0["href"] }.filter { $0.hasPrefix("#") }
    #expect(targets.count == 3)
    #expect(Set(targets.map { String($0.dropFirst()) }).isSubset(of: ids))
  }

  /// What is filled in at a gap later is as if it had been there, whatever the texts hold.
  @Test func aGapPartsThePage() {
    let filling = tag("p") { "a < b" }
    func page(_ content: [Node]) -> ReportPage {
      ReportPage(
        title: "\0", lead: "a\0b", keyFigures: [],
        sections: [
          ReportPage.Section("1", [tag("p", ["title": "\0"]) { "before" }] + content),
          ReportPage.Section("2", [tag("p") { "after\0" }]),
        ], generator: "dpo-prep")
    }
    let (head, tail) = page([.gap]).aroundGap
    #expect(Array((head + filling.html + tail).utf8) == page([filling]).utf8)
    #expect(head.contains("before") && tail.contains("after"))
    #expect(page([filling]).aroundGap.tail.isEmpty)
  }

  @Test(arguments: UInt64(1)...20)
  func cutsNeverPartACharacter(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let letters = ["a", "é", "日", "\u{1F600}", "e\u{301}", "\u{1F468}\u{200D}\u{1F469}"]
    let text = (0..<random.below(60)).map { _ in letters[random.below(letters.count)] }.joined()
    let limit = random.below(100)
    let cut = text.cut(toBytes: limit)
    if text.utf8.count <= limit {
      #expect(cut == text)
    } else {
      #expect(cut.hasSuffix(" …"))
      let kept = Array(cut.unicodeScalars.dropLast(2))
      #expect(Array(text.unicodeScalars.prefix(kept.count)) == kept)
      let bytes = kept.reduce(0) { $0 + String($1).utf8.count }
      #expect(bytes <= limit && bytes + 4 > limit)
    }
  }

  @Test func longTablesSayWhatTheyLeaveOut() {
    let rows = (0..<1000).map { ["row \($0)"] }
    let html = DataTable(["name"], rows).nodes(label: "x").map(\.html).joined()
    #expect(html.contains("800 more rows not shown."))
    #expect(html.contains("row 199<") && !html.contains("row 200<"))
  }
}
