internal import Bytes
internal import Parquet

/// A buffer of a batch, of which a part is in memory: rows are read in order, so it moves on.
///
/// A batch may be as large as the file. What is kept of a buffer is at most what one value takes,
/// or a window.
final class ArrowBuffer {
  /// How the buffer's places are visited.
  enum Order {
    /// From the first to the last.
    case ascending
    /// In any order, such as those of a dictionary.
    case any
  }

  /// How many bytes there are.
  let count: Int
  private let input: any ArrowInput
  private let order: Order
  /// Where the bytes are in the file as they are.
  private let start: Int
  /// nil for a buffer that is not compressed.
  private let compression: ArrowCompression?
  private let storedCount: Int
  private let whole: Allowance
  private var takenCount = 0
  /// What the compressed bytes hold, from the first that was asked for on.
  private var contents: (any ArrowContents)?
  private var memory: [UInt8] = []
  /// Where in the buffer the bytes in memory begin.
  private var first = 0

  /// The memory for compressed buffers that are visited in any order, of all that there are.
  final class Allowance {
    fileprivate var byteCount = ArrowBuffer.valueLimit
  }

  private static let windowByteCount = 1 << 16
  private static let keptByteCount = 1 << 22
  /// Larger values are not read.
  static let valueLimit = 256 << 20

  /// - Parameter range: Where the buffer is in the file.
  init(
    _ input: any ArrowInput, _ range: Range<Int>, compression: ArrowCompression?, order: Order,
    whole: Allowance
  ) throws(ParquetError) {
    self.input = input
    self.order = order
    self.whole = whole
    var (start, count) = (range.lowerBound, range.count)
    var isCompressed = false
    if compression != nil, count > 0 {
      guard count >= 8 else { throw .damaged("a compressed buffer lacks its length") }
      try input.read(start..<(start + 8), into: &memory)
      let length = memory.span.littleEndian(Int64.self, at: 0)
      memory.removeAll()
      start += 8
      count -= 8
      if length >= 0 {
        guard length < 1 << 48 else { throw .damaged("a buffer has the length \(length)") }
        isCompressed = true
        count = Int(length)
      } else if length != -1 {
        throw .damaged("a buffer has the length \(length)")
      }
    }
    (self.start, self.count, storedCount) = (start, count, range.upperBound - start)
    self.compression = isCompressed ? compression : nil
  }

  deinit { whole.byteCount += takenCount }

  /// Whether a bit is set.
  func bit(_ place: Int) throws(ParquetError) -> Bool {
    let byte = try number(UInt8.self, at: place >> 3)
    return byte >> UInt8(place & 7) & 1 == 1
  }

  /// A number at its place among numbers of its size.
  func number<Number: FixedWidthInteger & BitwiseCopyable>(
    _ type: Number.Type, at place: Int
  ) throws(ParquetError) -> Number {
    let size = MemoryLayout<Number>.size
    guard place >= 0, place < count / size else { throw Self.tooShort }
    let start = place * size
    try load(start..<(start + size))
    let memory = memory
    return memory.span.littleEndian(type, at: start - first)
  }

  /// Gives access to bytes.
  func withBytes(
    _ range: Range<Int>, _ body: (Span<UInt8>) throws(ParquetError) -> Void
  ) throws(ParquetError) {
    guard range.lowerBound >= 0, range.upperBound <= count else { throw Self.tooShort }
    guard !range.isEmpty else { return try body(Span()) }
    try load(range)
    let start = range.lowerBound - first
    let memory = memory
    try body(memory.span.extracting(start..<(start + range.count)))
  }

  // MARK: The window

  /// Brings bytes into memory that are in the buffer.
  private func load(_ range: Range<Int>) throws(ParquetError) {
    if range.lowerBound >= first, range.upperBound <= first + memory.count { return }
    guard range.count <= Self.valueLimit else {
      throw ParquetError(.tooLarge, "a value takes \(range.count) bytes")
    }
    guard let compression else { return try loadPlain(range) }
    let contents =
      contents ?? input.contents(of: start..<(start + storedCount), compression: compression)
    self.contents = contents
    if order == .any {
      guard takenCount == 0, count <= whole.byteCount else {
        throw ParquetError(.tooLarge, "compressed dictionaries or views take \(count) bytes")
      }
      whole.byteCount -= count
      takenCount = count
      try read(upTo: count, from: contents)
    } else {
      try pass(to: range.lowerBound, in: contents)
      try read(upTo: window(of: range), from: contents)
    }
  }

  private func loadPlain(_ range: Range<Int>) throws(ParquetError) {
    // What is visited in any order is kept whole if it is small.
    let isKept = order == .any && count <= Self.keptByteCount
    first = isKept ? 0 : range.lowerBound
    let end = isKept ? count : window(of: range)
    // The memory of a long value is not kept for the short ones behind it.
    if memory.capacity > Self.keptByteCount, end - first <= Self.windowByteCount { memory = [] }
    try input.read((start + first)..<(start + end), into: &memory)
  }

  /// Where the bytes end that are brought into memory with those of a range.
  private func window(of range: Range<Int>) -> Int {
    min(count, max(range.upperBound, range.lowerBound + Self.windowByteCount))
  }

  /// Forgets what comes before a place, reading on where it is not in memory yet.
  private func pass(to place: Int, in contents: any ArrowContents) throws(ParquetError) {
    guard place >= first else { throw .damaged("values go back in a buffer") }
    while first + memory.count < place {
      first += memory.count
      memory.removeAll(keepingCapacity: true)
      try read(upTo: min(place, first + Self.windowByteCount), from: contents)
    }
    memory.removeFirst(place - first)
    first = place
    if memory.capacity > Self.keptByteCount, memory.count <= Self.windowByteCount {
      memory = Array(memory)
    }
  }

  /// Reads on until the bytes before a place are in memory.
  private func read(upTo end: Int, from contents: any ArrowContents) throws(ParquetError) {
    while first + memory.count < end {
      var count = 0
      let room = min(end - first - memory.count, Self.windowByteCount)
      try memory.append(addingCapacity: room) { (room) throws(ParquetError) in
        count = try contents.read(into: &room)
      }
      guard count > 0 else { throw .damaged("a compressed buffer holds less than it says") }
    }
  }

  private static let tooShort = ParquetError(.damaged, "a buffer is shorter than its column")
}
