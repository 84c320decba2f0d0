// swift-tools-version: 6.2
import PackageDescription

// Imports point one way: a stage knows the shared vocabulary and C, never another stage.
// Only the executable joins them (docs/architecture.md).

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
    .systemLibrary(name: "CLinux"),
    .target(name: "CKernels"),

    module("Records"),
    module("Hashing", ["CCrypto", "CXXHash"]),
    module("Settings", ["Records", "CYAML"]),
    module("JSONOutput", ["CKernels"]),
    module("Parquet", ["Hashing", "JSONOutput", "CZlib", "CZstd", "CSnappy", "CLZ4", "CBrotli"]),
    module(
      "Ingest",
      [
        "Records", "Hashing", "JSONOutput", "Parquet", "CZlib", "CISAL", "CZstd", "CLZMA", "CBZip2",
        "CLZ4", "CKernels",
      ]),
    module("Calibrate", ["CKernels"]),
    module("PairBuilder", ["Records", "Hashing"]),
    module("Emit", ["Records", "Hashing", "JSONOutput", "Parquet", "CZlib", "CZstd", "CLinux"]),
    module("Audit", ["Records", "Hashing", "Ingest", "Calibrate", "CKernels"]),
    module("Evaluate", ["Records", "Ingest", "Calibrate"]),
    module("Report", ["Records", "Calibrate"]),
    .executableTarget(
      name: "dpo-prep",
      dependencies: [
        "Records", "Hashing", "Settings", "Ingest", "Calibrate", "PairBuilder", "Parquet", "Emit",
        "Audit", "Evaluate", "Report", "CLinux",
      ],
      swiftSettings: settings),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
    // scripts/bench.sh runs it. It is no product, so `swift build --product dpo-prep` leaves it out.
    .executableTarget(
      name: "dpo-prep-bench",
      dependencies: [
        "Records", "Ingest", "Calibrate", "Parquet", "Emit", "CKernels", "TestSupport",
      ],
      path: "Benchmarks/Micro", swiftSettings: settings),
    tests("RecordsTests", ["Records"]),
    tests("HashingTests", ["Hashing"]),
    tests("SettingsTests", ["Settings", "Records"]),
    tests("IngestTests", ["Ingest", "Records", "Hashing", "CZlib"]),
    tests("CalibrateTests", ["Calibrate"], exclude: ["Golden"]),
    tests("PairBuilderTests", ["PairBuilder", "Records"]),
    tests("ParquetTests", ["Parquet", "JSONOutput"]),
    tests("EmitTests", ["Emit", "Records", "JSONOutput"]),
    tests("AuditTests", ["Audit", "Ingest", "Records"]),
    tests("EvaluateTests", ["Evaluate", "Records", "Calibrate"]),
    tests("ReportTests", ["Report"]),
    tests("CommandLineTests", ["dpo-prep"]),
  ],
  swiftLanguageModes: [.v6]
)
