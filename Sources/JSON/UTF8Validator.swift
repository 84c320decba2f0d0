internal import CKernels

/// Strict UTF-8 (Unicode 15, table 3-7): no overlong forms, no surrogates, nothing past U+10FFFF.
package enum UTF8Validator {
  /// The offset of the first byte of the first ill-formed sequence in `start..<end`, or nil.
  package static func firstFault(
    in source: PaddedBytes, from start: Int, to end: Int
  ) -> Int? {
    let length = well_formed_utf8_length(source.address(of: start..<end), end - start)
    return length < end - start ? start + length : nil
  }
}
