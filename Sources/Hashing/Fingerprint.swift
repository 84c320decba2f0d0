internal import CXXHash

/// XXH3 fingerprints, for comparing texts inside one run.
///
/// They are fast and the same on every machine, but not safe against someone who builds collisions
/// on purpose.
package enum Fingerprint {
  /// A 64-bit fingerprint of `bytes`.
  package static func of(_ bytes: RawSpan) -> UInt64 {
    bytes.withUnsafeBytes { XXH3_64bits($0.baseAddress, $0.count) }
  }

  /// A 128-bit fingerprint of `bytes`: two texts among a billion share one with probability 1e-21.
  package static func wide(of bytes: RawSpan) -> Wide {
    let hash = bytes.withUnsafeBytes { XXH3_128bits($0.baseAddress, $0.count) }
    return Wide(high: hash.high64, low: hash.low64)
  }

  /// 128 bits.
  package struct Wide: Hashable, Sendable {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
      self.high = high
      self.low = low
    }

    /// A fingerprint of both.
    package func mixed(with other: UInt64) -> Wide {
      let parts: [3 of UInt64] = [high, low, other]
      return Fingerprint.wide(of: parts.span.bytes)
    }
  }
}
