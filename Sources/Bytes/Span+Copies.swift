extension [UInt8] {
  /// A copy of bytes.
  package init(copying bytes: Span<UInt8>) {
    self = bytes.withUnsafeBufferPointer { Array($0) }
  }

  /// Appends a copy of bytes.
  package mutating func append(copying bytes: Span<UInt8>) {
    bytes.withUnsafeBufferPointer { append(contentsOf: $0) }
  }
}

extension String {
  /// The text that bytes are in UTF-8; what is ill formed becomes U+FFFD.
  package init(decoding bytes: Span<UInt8>) {
    self = bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }
}

extension OutputSpan<UInt8> {
  /// Appends a copy of bytes, which there has to be room for.
  package mutating func append(copying bytes: Span<UInt8>) {
    precondition(bytes.count <= freeCapacity)
    bytes.withUnsafeBufferPointer { source in
      withUnsafeMutableBufferPointer { target, count in
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        (to + count).initialize(from: from, count: source.count)
        count += source.count
      }
    }
  }
}
