import Testing

@testable import Text

@Suite struct MarkdownTests {
  private static func count(_ text: String) -> Int {
    Markdown(Array(text.utf8).span).elements
  }

  @Test(arguments: [
    ("", 0), ("# Title", 1), ("###### x", 1), ("####### x", 0), ("#x", 0), ("#", 0), ("#\n", 1),
    ("   # x", 1), ("    # x", 0), ("text # x", 0), ("# a\n## b\n", 2), ("#\u{2003}x", 1),
    ("\r# x", 1), ("\n\n# x", 1),
    // The white space that ends a header runs on, and takes the next line's indent with it.
    ("#\n # x", 1), ("#\n# x", 2), ("# \t\n   # x", 1), ("#\n\n# x\n", 2),
  ])
  func headers(text: String, count: Int) { #expect(Self.count(text) == count) }

  @Test(arguments: [
    ("- a", 1), ("* a", 1), ("+ a", 1), ("-a", 0), ("-\ta", 0), ("1. a", 1), ("12.\ta", 1),
    ("1.a", 0), ("1.", 0), ("1.\n", 1), ("a - b", 0), ("in 1998. Then", 0), ("\t - deep", 1),
    ("- - x", 1), ("- a\n- b\n  * c", 3), ("1.\n2. x", 2), ("\n \n- x", 1), ("-", 0),
    // Digits of any script, but no other numbers.
    ("٣. x", 1), ("1٣. x", 1), ("½. x", 0), ("日. x", 0),
  ])
  func listItems(text: String, count: Int) { #expect(Self.count(text) == count) }

  @Test(arguments: [
    ("**bold**", 1), ("__bold__", 1), ("**a** **b**", 2), ("****", 1), ("***", 0), ("**", 0),
    ("**open", 0), ("**a\nb**", 0), ("**a__b**c__", 1), ("***x***", 1), ("__a**b__ **c**", 2),
    ("**a__", 0), ("x**é**y", 1),
  ])
  func boldSpans(text: String, count: Int) { #expect(Self.count(text) == count) }

  @Test(arguments: [
    ("```\nx\n```", 1), ("```swift\nx\n```\ntext\n```\ny\n```\n", 2), ("```", 1), ("``\nx\n``", 0),
    ("   ```\nx\n   ```", 1), ("    ```\nx", 0), ("a ```\nx", 0), ("``` a ` b\nx", 0),
    ("~~~ a ~ b\nx\n~~~", 1), ("~~~\n```\n~~~\n```\n", 2), ("````\n```\n````\n", 1),
    ("```\nx\n`````  \n```\ny", 2), ("```\nx\n``` no\n```\n", 1), ("```\r\nx\r\n```\r\n", 1),
  ])
  func codeBlocks(text: String, count: Int) {
    #expect(Markdown(Array(text.utf8).span).codeBlocks == count)
  }

  @Test func kindsAreCountedTogetherAndApart() {
    let text = "# **Head**\n- __a__ and **b**\n2. c"
    #expect(Self.count(text) == 6)
    let found = Markdown(Array(text.utf8).span)
    #expect(found.headers == 1)
    #expect(found.listItems == 2)
    #expect(found.boldSpans == 3)
    #expect(found.codeBlocks == 0)
  }
}
