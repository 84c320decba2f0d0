// swift-tools-version: 6.2
import PackageDescription

// Imports point down the tiers (docs/architecture.md), which scripts/check_layout.py checks.

let settings: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  // A C type or a Foundation type can leave a module only where the import says `public`.
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

// libbz2 has no pkg-config file; its module map is enough.
func systemLibrary(_ name: String, pkgConfig: String? = nil, apt: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

// Optimized in debug builds too, where tests would wait minutes for it; all checks stay.
func numericModule(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: dependencies,
    swiftSettings: settings + [.unsafeFlags(["-O"], .when(configuration: .debug))])
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies + ["TestSupport"], exclude: exclude,
    swiftSettings: settings)
}

let package = Package(
  name: "dpo-prep",
  targets: [
    systemLibrary("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
    systemLibrary("CISAL", pkgConfig: "libisal", apt: "libisal-dev"),
    systemLibrary("CZstd", pkgConfig: "libzstd", apt: "libzstd-dev"),
    systemLibrary("CLZMA", pkgConfig: "liblzma", apt: "liblzma-dev"),
    systemLibrary("CBZip2", apt: "libbz2-dev"),
    systemLibrary("CLZ4", pkgConfig: "liblz4", apt: "liblz4-dev"),
    systemLibrary("CSnappy", apt: "libsnappy-dev"),
    systemLibrary("CBrotli", pkgConfig: "libbrotlidec", apt: "libbrotli-dev"),
    systemLibrary("CYAML", pkgConfig: "yaml-0.1", apt: "libyaml-dev"),
    systemLibrary("CCrypto", pkgConfig: "libcrypto", apt: "libssl-dev"),
    systemLibrary("CXXHash", pkgConfig: "libxxhash", apt: "libxxhash-dev"),
    // Without pkg-config, whose flags for it SwiftPM warns of.
    systemLibrary("CUTF8Proc", apt: "libutf8proc-dev"),
    systemLibrary("COniguruma", pkgConfig: "oniguruma", apt: "libonig-dev"),
    .systemLibrary(name: "CLinux"),
    .target(name: "CKernels"),

    // The ground: what all above may use.
    module("Bytes", ["CKernels"]),
    module("Text", ["CKernels", "CUTF8Proc", "Bytes"]),
    module("JSON", ["CKernels", "Bytes", "Text"]),
    module("Records", ["JSON"]),
    module("Hashing", ["CCrypto", "CXXHash"]),
    numericModule("Columns"),
    module("Work", ["CLinux"]),
    // Formats: files and configurations.
    module("Settings", ["Records", "Text", "CYAML"]),
    module(
      "Parquet",
      ["Hashing", "Bytes", "JSON", "Work", "CZlib", "CZstd", "CSnappy", "CBrotli", "CLZ4"]),
    module("Arrow", ["Bytes", "JSON", "Parquet"]),
    module(
      "Ingest",
      [
        "Records", "Hashing", "Bytes", "JSON", "Work", "Parquet", "Arrow", "CZlib", "CISAL",
        "CZstd",
        "CLZMA",
        "CBZip2",
        "CLZ4", "CKernels",
      ]),
    // Readings: what rows mean.
    module("Rows", ["Records", "Bytes", "JSON", "Text", "Hashing", "Work", "Parquet", "Ingest"]),
    module("Tokenizer", ["Records", "Bytes", "JSON", "Text", "COniguruma"]),
    numericModule("Clean", ["CKernels", "Records", "Hashing", "Bytes", "Text", "Columns"]),
    // Engines.
    module(
      "Scan",
      [
        "Records", "JSON", "Text", "Hashing", "Columns", "Work", "Parquet", "Ingest", "Rows",
        "Tokenizer", "Clean",
      ]),
    numericModule("Calibrate", ["CKernels", "Columns", "Work"]),
    module("PairBuilder", ["Records", "Hashing"]),
    module("Emit", ["Records", "Hashing", "Bytes", "JSON", "Parquet", "CZlib", "CZstd", "CLinux"]),
    module(
      "Audit",
      [
        "Records", "Bytes", "JSON", "Text", "Hashing", "Work", "Settings", "Parquet", "Ingest",
        "Rows", "Tokenizer", "Calibrate",
      ]),
    numericModule(
      "Evaluate",
      ["Records", "JSON", "Text", "Hashing", "Columns", "Work", "Ingest", "Rows", "Calibrate"]),
    module("Report", ["Records", "Text", "Columns", "Calibrate"]),
    module("Curves", ["Records", "JSON", "Ingest", "Calibrate"]),
    // The steps of a run, in one process or as a job of many.
    module(
      "Job",
      [
        "Records", "JSON", "Text", "Hashing", "Columns", "Work", "Settings", "Parquet", "Ingest",
        "Rows", "Tokenizer", "Clean", "Scan", "Calibrate", "Curves", "PairBuilder",
        "Emit",
      ]),
    // What people and programs see: the command line, and results in every form.
    module("Terminal", ["Records", "JSON", "Text", "Work", "Report"]),
    module("Arguments", ["Records", "Text", "Settings", "Terminal"]),
    module(
      "Views",
      [
        "Records", "JSON", "Text", "Hashing", "Columns", "Work", "Settings", "Ingest", "Rows",
        "Scan", "Calibrate", "Curves", "PairBuilder", "Emit", "Audit", "Evaluate", "Report", "Job",
        "Terminal",
      ]),
    .executableTarget(
      name: "dpo-prep",
      dependencies: [
        "Records", "JSON", "Text", "Hashing", "Columns", "Work", "Settings", "Ingest", "Rows",
        "Scan",
        "Calibrate", "Curves", "PairBuilder", "Parquet", "Emit", "Job", "Audit", "Evaluate",
        "Report", "Terminal", "Arguments", "Views", "CLinux",
      ],
      swiftSettings: settings),

    .target(
      name: "TestSupport", dependencies: ["JSON"], path: "Tests/TestSupport",
      swiftSettings: settings),
    // scripts/bench.sh runs it. It is no product, so `swift build --product dpo-prep` leaves it out.
    .executableTarget(
      name: "dpo-prep-bench",
      dependencies: [
        "Records", "JSON", "Text", "Columns", "Ingest", "Rows", "Scan", "Calibrate", "Parquet",
        "Emit",
        "CKernels", "TestSupport",
      ],
      path: "Benchmarks/Micro", swiftSettings: settings),
    // scripts/fuzz.sh runs it; no product either.
    .executableTarget(
      name: "dpo-prep-fuzz",
      dependencies: [
        "Audit", "Calibrate", "Curves", "Evaluate", "Ingest", "JSON", "Records", "Rows", "Scan",
        "Settings", "Tokenizer",
      ],
      path: "Tests/Fuzz/Driver", swiftSettings: settings),
    tests("RecordsTests", ["Records", "JSON"]),
    tests("HashingTests", ["Hashing"]),
    tests("SettingsTests", ["Settings", "Records"]),
    tests("BytesTests", ["Bytes"]),
    tests("TextTests", ["Text", "JSON"]),
    tests("JSONTests", ["JSON", "Text"]),
    tests("ColumnsTests", ["Columns"]),
    tests("WorkTests", ["Work"]),
    tests("IngestTests", ["Ingest", "Bytes", "JSON", "Records", "Hashing", "CZlib"]),
    tests("RowsTests", ["Parquet", "Rows", "JSON", "Records", "Hashing"]),
    tests(
      "ScanTests",
      ["Scan", "Rows", "Columns", "Parquet", "Ingest", "JSON", "Records", "Hashing"]),
    tests("TokenizerTests", ["Tokenizer"]),
    tests("CleanTests", ["Clean", "Columns", "Hashing", "Records"]),
    tests("CalibrateTests", ["Calibrate", "Columns"], exclude: ["Golden"]),
    tests("PairBuilderTests", ["PairBuilder", "Records"]),
    tests("ParquetTests", ["Parquet", "JSON"]),
    tests("EmitTests", ["Emit", "Records", "JSON", "Parquet"]),
    tests("AuditTests", ["Audit", "Ingest", "Records", "JSON", "Rows"]),
    tests("EvaluateTests", ["Evaluate", "Records", "JSON", "Calibrate"]),
    tests("ReportTests", ["Report", "Columns", "Text"]),
    tests("TerminalTests", ["Terminal", "Text"]),
    tests("CommandLineTests", ["dpo-prep", "Arguments", "Terminal", "Views", "Text"]),
  ],
  swiftLanguageModes: [.v6]
)
