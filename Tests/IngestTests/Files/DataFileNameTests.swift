import Testing

@testable import Ingest

@Suite struct DataFileNameTests {
  @Test func announcedLayersComeFromTheOutside() {
    let cases: [(String, [DataFileName.Layer])] = [
      ("a.jsonl", []), ("x/a.jsonl.gz", [.compressed(.gzip)]),
      ("a.tar.zst", [.compressed(.zstd), .tar]), ("a.TGZ", [.compressed(.gzip), .tar]),
      ("a.tar", [.tar]), ("a.zip", [.zip]), ("a.gz.txt", []), ("gz", []),
      ("a.jsonl.xz.gz", [.compressed(.gzip), .compressed(.xz)]), ("tar.d/a", []),
    ]
    for (name, layers) in cases { #expect(DataFileName.announcedLayers(name) == layers, "\(name)") }
  }

  @Test func hiddenMeansAnyPartOfThePath() {
    for name in [".a.jsonl", "x/.git/a.jsonl", "__MACOSX/a.jsonl", "x/._a.jsonl"] {
      #expect(DataFileName.isHidden(name), "\(name)")
    }
    for name in ["a.jsonl", "./a.jsonl", "../x/a.jsonl", "x/_MACOSX/a"] {
      #expect(!DataFileName.isHidden(name), "\(name)")
    }
  }
}
