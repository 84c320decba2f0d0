internal import Hashing

/// Uniform draws that depend on a prompt's id and a salt alone, never on its position: the same
/// prompt falls the same way in every dataset.
package struct PromptDraw: Equatable, Sendable {
  package var salt: String

  package init(salt: String) { self.salt = salt }

  /// The first eight bytes, big endian, of SHA-256(`salt:promptID`).
  package func number(forPromptID id: [UInt8]) -> UInt64 {
    SHA256.digest(of: Array(salt.utf8) + [UInt8(ascii: ":")] + id)
      .prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The draw as a fraction in 0..<1 (which rounding may bring to 1).
  package func fraction(forPromptID id: [UInt8]) -> Double {
    Double(number(forPromptID: id)) * 0x1p-64
  }
}
