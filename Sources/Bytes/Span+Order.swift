internal import Glibc

extension Span<UInt8> {
  /// Whether both are the same bytes.
  package func equals(_ other: Span<UInt8>) -> Bool {
    count == other.count && difference(from: other, count) == 0
  }

  /// Whether this stands before the other in the order of bytes, the shorter before what it begins.
  package func precedes(_ other: Span<UInt8>) -> Bool {
    let difference = difference(from: other, Swift.min(count, other.count))
    return difference == 0 ? count < other.count : difference < 0
  }

  /// How the first bytes differ, of which both have so many.
  private func difference(from other: Span<UInt8>, _ count: Int) -> Int32 {
    guard count > 0 else { return 0 }
    return extracting(0..<count).withUnsafeBytes { own in
      other.extracting(0..<count).withUnsafeBytes { other in
        guard let own = own.baseAddress, let other = other.baseAddress else { return 0 }
        return memcmp(own, other, count)
      }
    }
  }
}
