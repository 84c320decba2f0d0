@testable import Ingest

/// Gives access to bytes as the scanner wants them: with the padding of a chunk behind.
func withScannable<Result, Failure: Error>(
  _ bytes: some Collection<UInt8>,
  _ body: (_ base: UnsafePointer<UInt8>, _ count: Int) throws(Failure) -> Result
) throws(Failure) -> Result {
  let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count + Chunk.paddingCount)
  defer { memory.deallocate() }
  memory.initialize(repeating: 0, count: bytes.count + Chunk.paddingCount)
  for (offset, byte) in bytes.enumerated() { memory[offset] = byte }
  return try body(memory, bytes.count)
}

/// Scans a document that may be any value; throws what the scanner does.
func scan(_ document: some Collection<UInt8>) throws(JSONFault) {
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
func rowFault(_ row: some Collection<UInt8>) -> JSONFault? {
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

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers for the same seed everywhere.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
