internal import Hashing
internal import Ingest
package import JSON
package import Settings
package import Tokenizer

/// The file of the tokenizer that tokens are counted by.
package struct TokenizerSource {
  package let tokenizer: TokenizerFile
  /// What documents say of it: its path, and the SHA-256 of its bytes in hexadecimal.
  package let document: JSONValue

  package init(_ path: String) throws {
    let bytes = try WholeFile.bytes(of: path, limit: TokenizerFile.byteLimit)
    tokenizer = try TokenizerFile(bytes, named: path)
    document = Self.document(path, SHA256.digest(of: bytes).hexadecimal)
  }

  /// What documents say of a file, without reading it as a tokenizer.
  package static func document(of path: String) throws -> JSONValue {
    let bytes = try WholeFile.bytes(of: path, limit: TokenizerFile.byteLimit)
    return document(path, SHA256.digest(of: bytes).hexadecimal)
  }

  private static func document(_ path: String, _ digest: String) -> JSONValue {
    ["path": .string(PublishedPath.of(path)), "sha256": .string(digest)]
  }
}

extension Configuration {
  /// The tokenizer's file, where something is to be counted by it.
  package var tokenizerInUse: String? {
    tokenKeys.isEmpty ? nil : input.tokenizer
  }
}
