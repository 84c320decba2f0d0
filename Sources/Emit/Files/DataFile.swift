internal import Hashing
internal import Work

/// A new file that is written and digested on a thread of its own.
struct DataFile: ~Copyable {
  /// The file where its thread has it.
  ///
  /// `@unchecked Sendable`: that thread alone uses it, and when it has ended the one that wants the
  /// result.
  private final class Open: @unchecked Sendable {
    var file: OutputFile?
    init(_ file: consuming OutputFile) { self.file = consume file }
  }

  private let open: Open
  private let conveyor: OrderedConveyor<[UInt8], Void>
  /// Memory that has been written.
  private let free: Reuse<[UInt8]>
  private var pending: [UInt8] = []

  /// What is collected before it is handed over.
  private static let blockSize = 1 << 18
  /// How many blocks may wait.
  private static let waitingLimit = 4

  init(path: String) throws(EmitError) {
    let (open, free) = (Open(try OutputFile(path: path)), Reuse<[UInt8]>(limit: Self.waitingLimit))
    self.open = open
    self.free = free
    conveyor = OrderedConveyor(threads: 1, limit: Self.waitingLimit) {
      { block in
        try open.file?.write(block.span.bytes)
        var block = block
        block.removeAll(keepingCapacity: true)
        free.giveBack(block)
      }
    } take: {
    }
  }

  /// Writes all of `bytes`.
  mutating func write(_ bytes: RawSpan) throws {
    if pending.capacity == 0 { pending.reserveCapacity(Self.blockSize) }
    bytes.withUnsafeBytes { pending.append(contentsOf: $0) }
    if pending.count >= Self.blockSize { try send() }
  }

  /// Makes what was written durable and returns its size and SHA-256.
  consuming func finish() throws -> (byteCount: Int, digest: SHA256.Digest) {
    try send()
    try conveyor.finish()
    guard let file = open.file.take() else { preconditionFailure("a file ends once") }
    return try file.finish()
  }

  private mutating func send() throws {
    guard !pending.isEmpty else { return }
    try conveyor.send(exchange(&pending, with: free.take() ?? []))
  }
}
