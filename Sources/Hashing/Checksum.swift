internal import CXXHash

/// A 64-bit XXH3 checksum of bytes that come piece by piece, to tell whether a file changed.
package struct Checksum: ~Copyable {
  private let state: OpaquePointer

  package init() {
    guard let state = XXH3_createState(), XXH3_64bits_reset(state) == XXH_OK else {
      preconditionFailure("out of memory")
    }
    self.state = state
  }

  deinit { XXH3_freeState(state) }

  /// Adds bytes to what is summed up.
  package mutating func update(_ bytes: RawSpan) {
    bytes.withUnsafeBytes { _ = XXH3_64bits_update(state, $0.baseAddress, $0.count) }
  }

  /// The checksum of everything added so far.
  package var value: UInt64 { XXH3_64bits_digest(state) }
}
