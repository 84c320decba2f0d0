package import JSON

/// Gives access to bytes as the scanner wants them: with the padding of a chunk behind.
package func withScannable<Result, Failure: Error>(
  _ bytes: some Collection<UInt8>,
  _ body: (_ bytes: PaddedBytes, _ count: Int) throws(Failure) -> Result
) throws(Failure) -> Result {
  let padded = Array(bytes) + [UInt8](repeating: 0, count: JSONScanner.paddingCount)
  return try PaddedBytes.with(padded.span) { (bytes) throws(Failure) in
    try body(bytes, bytes.count)
  }
}

/// Scans a document that may be any value; throws what the scanner does.
package func scan(_ document: some Collection<UInt8>) throws(JSONFault) {
  try withScannable(document) { (base, count) throws(JSONFault) in
    var scanner = JSONScanner(base, from: 0, to: count)
    var nothing = FieldSlots()
    _ = try scanner.scanValue(at: nil, into: &nothing)
    guard scanner.isAtEnd else {
      throw JSONFault(offset: scanner.position, problem: .trailingText)
    }
  }
}

/// The fault that the scanner finds in a row, or nil.
package func rowFault(_ row: some Collection<UInt8>) -> JSONFault? {
  withScannable(row) { base, count in
    var scanner = JSONScanner(base, from: 0, to: count)
    var nothing = FieldSlots()
    do throws(JSONFault) {
      try scanner.scanRow(into: &nothing)
      return nil
    } catch {
      return error
    }
  }
}
