/// A report as one HTML file that needs nothing else: no script, no network.
package struct ReportPage {
  /// A part of the page with a heading and an entry in the contents.
  package struct Section {
    package var title: String
    package var content: [Node]

    package init(_ title: String, _ content: [Node]) {
      self.title = title
      self.content = content
    }
  }

  package var title: String
  /// A sentence or two under the title.
  package var lead: String
  /// The few figures that say most.
  package var keyFigures: [KeyFigure]
  package var sections: [Section]
  /// The program and its version.
  package var generator: String

  package init(
    title: String, lead: String, keyFigures: [KeyFigure], sections: [Section], generator: String
  ) {
    self.title = title
    self.lead = lead
    self.keyFigures = keyFigures
    self.sections = sections
    self.generator = generator
  }

  /// The file, in UTF-8.
  package var utf8: [UInt8] { Array(text.utf8) }

  /// What stands before a gap and behind it; without one all stands before it.
  package var aroundGap: (head: String, tail: String) {
    let text = text
    guard let gap = text.utf8.firstIndex(of: Node.gapMark) else { return (text, "") }
    return (String(text[..<gap]), String(text[text.utf8.index(after: gap)...]))
  }

  private var text: String { "<!DOCTYPE html>\n\(document.html)\n" }

  private var document: Node {
    tag("html", ["lang": "en"]) {
      head
      body
    }
  }

  private var head: Node {
    tag("head") {
      tag("meta", ["charset": "utf-8"])
      // Whatever the data holds, a browser that opens the file fetches and runs nothing.
      tag(
        "meta",
        [
          "http-equiv": "Content-Security-Policy",
          "content": "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
        ])
      tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
      tag("meta", ["name": "generator", "content": generator])
      tag("title") { title }
      tag("link", ["rel": "icon", "href": "data:,"])
      tag("style") { Stylesheet.rules }
    }
  }

  private var body: Node {
    tag("body") {
      tag("a", ["class": "skip", "href": "#content"]) { "To the figures" }
      tag("header") {
        tag("h1", ["dir": "auto"]) { title }
        tag("p", ["class": "lead"]) { lead }
        if !keyFigures.isEmpty {
          tag("dl", ["class": "key-figures"]) { keyFigures.map(\.node) }
        }
        contents
      }
      tag("main", ["id": "content"]) {
        for (number, section) in sections.enumerated() {
          tag("section", ["id": "section-\(number + 1)"]) {
            tag("h2") { section.title }
            section.content
          }
        }
      }
      tag("footer") { tag("p") { "Made by \(generator)." } }
    }
  }

  private var contents: Node {
    tag("nav", ["aria-label": "Contents"]) {
      tag("ul") {
        for (number, section) in sections.enumerated() {
          tag("li") { tag("a", ["href": "#section-\(number + 1)"]) { section.title } }
        }
      }
    }
  }
}

/// One of the figures at the top of a page.
package struct KeyFigure {
  package var label: String
  package var value: String
  /// What it was before, where that can be said.
  package var former: String?
  /// From where to where it may lie.
  package var interval: String?

  package init(
    _ label: String, _ value: String, interval: String? = nil, former: String? = nil
  ) {
    self.interval = interval
    self.label = label
    self.value = value
    self.former = former
  }

  var node: Node {
    tag("div") {
      tag("dt") { label }
      tag("dd") {
        value
        if let interval { tag("span", ["class": "former"]) { interval } }
        if let former { tag("span", ["class": "former"]) { "before \(former)" } }
      }
    }
  }
}
