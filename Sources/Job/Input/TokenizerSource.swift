package import Curves
internal import Hashing
internal import Ingest
internal import JSON
package import Settings
package import Tokenizer

/// The file of the tokenizer that tokens are counted by.
package struct TokenizerSource {
  package let tokenizer: TokenizerFile
  /// Its path and its digest.
  package let record: CurveFile.Tokenizer

  package init(_ path: String) throws {
    let bytes = try Self.bytes(of: path)
    tokenizer = try TokenizerFile(bytes, named: path)
    record = Self.record(of: path, bytes)
  }

  /// What documents say of a file, without reading it as a tokenizer: its path, and the SHA-256 of its
  /// bytes.
  package static func record(of path: String) throws -> CurveFile.Tokenizer {
    record(of: path, try bytes(of: path))
  }

  private static func bytes(of path: String) throws -> [UInt8] {
    try WholeFile.bytes(of: path, limit: TokenizerFile.byteLimit)
  }

  private static func record(of path: String, _ bytes: [UInt8]) -> CurveFile.Tokenizer {
    CurveFile.Tokenizer(
      path: PublishedPath.of(path), sha256: SHA256.digest(of: bytes).hexadecimal)
  }
}

extension Configuration {
  /// The tokenizer's file, where something is to be counted by it.
  package var tokenizerInUse: String? {
    tokenKeys.isEmpty ? nil : input.tokenizer
  }
}
