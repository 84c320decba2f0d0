import Foundation
import TestSupport
import Testing

@testable import Emit

@Suite struct Base64Tests {
  /// The examples of RFC 4648, section 10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ])
  func textsAreThoseOfTheStandard(bytes: String, text: String) {
    #expect(Base64.text(of: Array(bytes.utf8)) == text)
  }

  @Test(arguments: UInt64(1)...50)
  func textsAreThoseOfFoundation(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let bytes = (0..<random.below(400)).map { _ in UInt8(random.below(256)) }
    #expect(Base64.text(of: bytes) == Data(bytes).base64EncodedString())
  }
}
