import Testing

@testable import Audit

@Suite struct DatasetFilesTests {
  @Test(
    arguments: [
      ("out/data/train_prefs-00000-of-00001.parquet", "train_prefs"), ("a/test-1.jsonl", "test"),
      ("validation.jsonl.zst", "validation"), ("val-00000.parquet", "val"),
      ("dataset.jsonl", "train"), ("value.jsonl", "train"), ("x/eval_sft.jsonl", "eval_sft"),
    ])
  func filesNameTheirSplits(path: String, split: String) {
    #expect(DatasetFiles.split(ofFile: path) == split)
  }
}
