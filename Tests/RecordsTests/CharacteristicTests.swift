import Testing

@testable import Records

@Suite struct CharacteristicTests {
  @Test(arguments: [
    ("chars", Characteristic.chars), ("bytes", .bytes), ("words", .words),
    ("markdown", .markdown), ("field:tokens", .field("tokens")),
    ("field:meta.tokens", .field("meta.tokens")), ("field:field:x", .field("field:x")),
  ])
  func namesAreThoseOfTheConfiguration(name: String, characteristic: Characteristic) {
    #expect(characteristic.name == name)
  }
}
