import Testing

/// One way to run, in the words of the program and in those of Tests/oracle/reference.py.
struct ReferenceCase: Sendable, CustomTestStringConvertible {
  var settings: [String]
  var options: [String]

  var testDescription: String { settings.joined(separator: " ") }

  init(_ settings: [String], _ options: [String]) {
    self.settings = settings
    self.options = options
  }

  /// Whether the samples do not suit it: too few rows would be left, or, repeated answers being
  /// kept, an answer would be paired with itself, which the comparison takes for a fault.
  var isForRealData: Bool {
    ["min_chars=150", "length_ratio=1.05", "dedup=false"].contains(where: testDescription.contains)
  }

  static func + (left: Self, right: Self) -> Self {
    Self(left.settings + right.settings, left.options + right.options)
  }
}

extension ReferenceCase {
  /// Every method, with what steers it.
  static let methods: [Self] = {
    var cases: [Self] = []
    for frac in ["0.3", "0.9"] {
      for iterations in ["0", "3"] {
        for alpha in ["1", "0.5"] {
          cases.append(
            Self(
              [
                "calibration.frac=\(frac)", "calibration.iterations=\(iterations)",
                "calibration.characteristics.0.alpha=\(alpha)",
              ], ["--frac", frac, "--iterations", iterations, "--alpha", alpha]))
        }
      }
    }
    for (ratio, count) in [("4", "10"), ("10", "2"), ("1", "30"), ("50", "12")] {
      cases.append(
        Self(
          [
            "calibration.method=mean", "calibration.ratio=\(ratio)",
            "calibration.min_count=\(count)",
          ], ["--method", "mean", "--ratio", ratio, "--min-count", count]))
    }
    cases += [
      Self(["calibration.method=none"], ["--method", "none"]),
      Self(
        ["calibration.method=penalty", "calibration.coefficient=0.002"],
        ["--method", "penalty", "--coefficient", "0.002"]),
    ]
    return cases
  }()

  /// Characteristics, alone and one after the other.
  static let characteristics: [Self] = [
    Self(["calibration.characteristics=[words]"], ["--characteristic", "words"]),
    Self(["calibration.characteristics=[bytes]"], ["--characteristic", "bytes"]),
    Self(
      ["calibration.characteristics=[{name: chars, alpha: 0.8}, markdown]"],
      ["--characteristic", "chars=0.8", "--characteristic", "markdown"]),
    Self(
      ["calibration.characteristics=[markdown, {name: words, alpha: 0.3}, chars]"],
      [
        "--characteristic", "markdown", "--characteristic", "words=0.3", "--characteristic",
        "chars",
      ]),
    Self(
      [
        "calibration.method=mean", "calibration.characteristics=[chars, {name: bytes, alpha: 0.5}]",
      ],
      [
        "--method", "mean", "--ratio", "4", "--characteristic", "chars", "--characteristic",
        "bytes=0.5",
      ]),
  ]

  /// Every strategy, with what steers it, filters and splits.
  static let pairing: [Self] = [
    Self(
      ["pairs.strategy=max_random", "pairs.seed=7"], ["--strategy", "max_random", "--seed", "7"]),
    Self(["pairs.strategy=max_second"], ["--strategy", "max_second"]),
    Self(
      ["pairs.strategy=mu_sigma", "pairs.sigma=1.5"], ["--strategy", "mu_sigma", "--sigma", "1.5"]),
    Self(
      ["pairs.strategy=quantile", "pairs.upper_quantile=0.8", "pairs.lower_quantile=0.3"],
      ["--strategy", "quantile", "--upper-quantile", "0.8", "--lower-quantile", "0.3"]),
    Self(["pairs.strategy=all"], ["--strategy", "all"]),
    Self(
      ["pairs.strategy=all", "pairs.per_prompt=5", "pairs.min_margin=0.2"],
      ["--strategy", "all", "--per-prompt", "5", "--min-margin", "0.2"]),
    Self(
      ["pairs.strategy=top_bottom", "pairs.per_prompt=3"],
      ["--strategy", "top_bottom", "--per-prompt", "3"]),
    Self(["pairs.strategy=length_matched"], ["--strategy", "length_matched"]),
    Self(
      ["pairs.strategy=length_matched", "pairs.length_ratio=1.05", "pairs.per_prompt=2"],
      ["--strategy", "length_matched", "--length-ratio", "1.05", "--per-prompt", "2"]),
    Self(
      ["pairs.min_margin=1.5", "pairs.max_margin=4"], ["--min-margin", "1.5", "--max-margin", "4"]),
    Self(
      ["filters.min_chars=150", "filters.max_chars=600", "filters.min_candidates=3"],
      ["--min-chars", "150", "--max-chars", "600", "--min-candidates", "3"]),
    Self(
      ["filters.dedup=false", "filters.min_chars=0", "pairs.strategy=max_second"],
      ["--no-dedup", "--min-chars", "0", "--strategy", "max_second"]),
    Self(
      ["split.test=0.2", "split.salt=another"], ["--test-fraction", "0.2", "--salt", "another"]),
    Self(
      [
        "output.profiles=[trl]", "split.test=0.5", "output.compression=gzip", "output.shard_rows=7",
      ],
      ["--test-fraction", "0.5"]),
  ]

  /// Inputs that are in the checkout.
  static let samples: [Self] = [
    Self(["input.paths=[samples/nested.jsonl.zst]"], ["samples/nested.jsonl.zst"]),
    Self(
      ["input.paths=[samples/flat/*.jsonl.gz]"],
      (0..<4).map { "samples/flat/seed-\($0).jsonl.gz" }),
    Self(
      ["input.paths=[samples/conversations.jsonl]", "output.profiles=[trl]"],
      ["samples/conversations.jsonl"]),
    Self(
      [
        "input.paths=[samples/broken.jsonl]", "input.on_error=skip",
        // A curve through so few points meets them, and rounding decides what is left.
        "calibration.method=none",
      ], ["samples/broken.jsonl", "--on-error", "skip", "--method", "none"]),
  ]
}
