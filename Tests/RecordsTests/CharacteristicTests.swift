import Testing

@testable import Records

@Suite struct CharacteristicTests {
  @Test(arguments: [
    ("chars", Characteristic.chars), ("bytes", .bytes), ("words", .words),
    ("markdown", .markdown), ("field:tokens", .field("tokens")),
    ("field:meta.tokens", .field("meta.tokens")), ("field:field:x", .field("field:x")),
  ])
  func namesComeBack(name: String, characteristic: Characteristic) {
    #expect(Characteristic(name: name) == characteristic)
    #expect(characteristic.name == name)
  }

  @Test(arguments: ["", "char", "Chars", " chars", "field", "field:", "tokens"])
  func otherNamesMeanNothing(name: String) {
    #expect(Characteristic(name: name) == nil)
  }
}
