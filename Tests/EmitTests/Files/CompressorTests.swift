import Foundation
import JSON
import Records
import TestSupport
import Testing

@testable import Emit

/// What is compressed comes back through the tools that everybody has.
@Suite struct CompressorTests {
  private static let compressions: [TextCompression] = [.none, .gzip, .zstd]

  /// Texts of several sizes: none, small, about one block, random, more than several jobs.
  private static func payload(_ kind: Int) -> [UInt8] {
    var random = SeededRandom(seed: UInt64(kind))
    return switch kind {
    case 0: []
    case 1: [0x0A]
    case 2: Array("one row\n".utf8)
    case 3: random.bytes(count: 1 << 18, distinct: 20)
    case 4: random.bytes(count: 1_000_003)
    default: random.bytes(count: 5_000_000, distinct: 3)
    }
  }

  private func written(
    _ bytes: [UInt8], _ compression: TextCompression, workers: Int = 1, rowBytes: Int = 10_007,
    in folder: TemporaryFolder
  ) throws -> WrittenFile {
    let name = "\(UUID().uuidString)\(compression.fileExtension)"
    var file = try CompressedFile.create(
      folder: folder.path, path: name, compression: compression, workers: workers)
    for start in stride(from: 0, to: bytes.count, by: rowBytes) {
      let row = Array(bytes[start..<min(start + rowBytes, bytes.count)])
      try file.append(row.span, rows: 1)
    }
    return try file.finish()
  }

  @Test(arguments: compressions, 0...5)
  func comesBackWhole(compression: TextCompression, kind: Int) throws {
    let folder = try TemporaryFolder()
    let bytes = Self.payload(kind)
    let file = try written(bytes, compression, workers: 2, in: folder)
    let path = folder.path + "/" + file.path
    let back =
      switch compression {
      case .none: try folder.read(file.path)
      case .gzip: try folder.output(of: ["gzip", "-dc", path])
      case .zstd: try folder.output(of: ["zstd", "-dcq", path])
      }
    #expect(back == bytes)
    #expect(file.rows == (bytes.count + 10_006) / 10_007)

    let stored = try folder.read(file.path)
    #expect(file.byteCount == stored.count)
    let digest = try folder.output(of: ["sha256sum", path])
    #expect(file.sha256 == String(decoding: digest.prefix(64), as: UTF8.self))
  }

  @Test func zstdMakesOneFrameWithAChecksum() throws {
    let folder = try TemporaryFolder()
    let file = try written(Self.payload(5), .zstd, workers: 4, in: folder)
    let listing = try folder.output(of: ["zstd", "-lv", folder.path + "/" + file.path])
    let text = String(decoding: listing, as: UTF8.self)
    #expect(text.contains(/(?m)^# Zstandard Frames: 1$/), "\(text)")
    #expect(text.contains("XXH64"), "\(text)")
  }

  @Test(arguments: 3...5)
  func zstdGivesTheSameBytesWithAnyNumberOfWorkers(kind: Int) throws {
    let folder = try TemporaryFolder()
    let bytes = Self.payload(kind)
    let one = try written(bytes, .zstd, workers: 1, in: folder)
    for workers in [1, 2, 4] {
      let other = try written(bytes, .zstd, workers: workers, in: folder)
      #expect(other.sha256 == one.sha256, "\(workers) workers")
    }
  }

  @Test(arguments: [TextCompression.gzip, .zstd])
  func rowsMayBeOfAnySize(compression: TextCompression) throws {
    let folder = try TemporaryFolder()
    let bytes = Self.payload(4)
    let one = try written(bytes, compression, rowBytes: 1_000_003, in: folder)
    let back = try folder.output(
      of: [compression == .gzip ? "gzip" : "zstd", "-dc", folder.path + "/" + one.path])
    #expect(back == bytes)
  }

  @Test func gzipCarriesNeitherNameNorTime() throws {
    let folder = try TemporaryFolder()
    let file = try written(Self.payload(2), .gzip, in: folder)
    let header = try folder.read(file.path).prefix(8)
    // RFC 1952: magic, deflate, no flags, time 0.
    #expect(Array(header) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0])
  }

  @Test func aFileThatIsThereIsNotOverwritten() throws {
    let folder = try TemporaryFolder()
    try folder.write("precious", to: "a.jsonl")
    #expect(throws: EmitError.self) {
      let file = try CompressedFile.create(
        folder: folder.path, path: "a.jsonl", compression: .none, workers: 1)
      _ = try file.finish()
    }
    #expect(try folder.read("a.jsonl") == Array("precious".utf8))
  }

  @Test func aPlaceThatTakesNoFileIsAnError() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/missing/a.jsonl"
    let failure = #expect(throws: EmitError.self) {
      let file = try CompressedFile.create(
        folder: folder.path, path: "missing/a.jsonl", compression: .none, workers: 1)
      _ = try file.finish()
    }
    #expect(failure?.code == .cannotCreate)
    #expect(failure?.category.rawValue == 73)
    #expect(failure?.location?.file == path)
    #expect(failure?.hint != nil)
  }
}
