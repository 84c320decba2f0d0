import Bytes
import CZlib
import Testing

@testable import Ingest

/// zlib's own judgement of gzip and deflate, which ``InflateDecoder`` is held against.
struct ZlibReference: ~Copyable, StreamDecoder {
  private let wrapping: InflateDecoder.Wrapping
  private let stream: UnsafeMutablePointer<z_stream>

  init(_ wrapping: InflateDecoder.Wrapping) {
    self.wrapping = wrapping
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    inflateInit2_(
      stream, wrapping == .gzip ? 15 + 16 : -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  var paddingUnit: Int? { wrapping == .gzip ? 1 : nil }

  func beginsFrame(_ prefix: Span<UInt8>, index: Int) -> Bool {
    wrapping == .gzip ? prefix.holds(Magic.gzip) : index == 0
  }

  mutating func startFrame() { inflateReset(stream) }

  mutating func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> DecodingStep {
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.pointee.avail_in = UInt32(input.count)
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(output.count)
    let status = inflate(stream, Z_NO_FLUSH)
    let state: DecodingStep.State =
      switch status {
      case Z_STREAM_END: .frameEnded
      case Z_OK, Z_BUF_ERROR: .inFrame
      default: .failed(stream.pointee.msg.map { String(cString: $0) } ?? "\(status)")
      }
    return DecodingStep(
      consumed: input.count - Int(stream.pointee.avail_in),
      produced: output.count - Int(stream.pointee.avail_out), state: state)
  }
}

/// Compresses as zlib can be asked to.
struct Deflation: Sendable {
  var level = Z_DEFAULT_COMPRESSION
  var strategy = Z_DEFAULT_STRATEGY
  /// Blocks are ended after so many bytes.
  var flushInterval = Int.max
  var isBare = false
  /// Whether the header has everything that a gzip header can have.
  var hasFullHeader = false

  static let all: [Deflation] = [
    Deflation(),
    Deflation(level: 0),
    Deflation(level: 9, hasFullHeader: true),
    Deflation(level: 1, flushInterval: 300),
    Deflation(strategy: Z_FIXED),
    Deflation(strategy: Z_HUFFMAN_ONLY, flushInterval: 1000, hasFullHeader: true),
    Deflation(strategy: Z_RLE),
  ]

  func compress(_ text: [UInt8]) throws -> [UInt8] {
    var stream = z_stream()
    try #require(
      deflateInit2_(
        &stream, level, Z_DEFLATED, isBare ? -15 : 15 + 16, 8, strategy, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK)
    defer { deflateEnd(&stream) }
    var extra: [UInt8] = Array("ab\u{4}\u{0}more".utf8)
    var name: [UInt8] = Array("a name.jsonl\0".utf8)
    var comment: [UInt8] = Array("a comment\0".utf8)
    var output = [UInt8](repeating: 0, count: 2 * text.count + 10_000)
    let room = output.count
    let end: Int = extra.withUnsafeMutableBufferPointer { extra in
      name.withUnsafeMutableBufferPointer { name in
        comment.withUnsafeMutableBufferPointer { comment in
          var header = gz_header()
          header.extra = extra.baseAddress
          header.extra_len = UInt32(extra.count)
          header.name = name.baseAddress
          header.comment = comment.baseAddress
          header.hcrc = 1
          header.text = 1
          return withUnsafeMutablePointer(to: &header) { header in
            if hasFullHeader { deflateSetHeader(&stream, header) }
            return output.withUnsafeMutableBufferPointer { output in
              stream.next_out = output.baseAddress
              stream.avail_out = UInt32(room)
              for start in stride(from: 0, through: text.count, by: min(flushInterval, 1 << 20)) {
                var piece = Array(
                  text[start..<min(text.count, start + min(flushInterval, 1 << 20))])
                let isLast = start + piece.count == text.count
                piece.withUnsafeMutableBufferPointer { piece in
                  stream.next_in = piece.baseAddress
                  stream.avail_in = UInt32(piece.count)
                  _ = deflate(&stream, isLast ? Z_FINISH : Z_FULL_FLUSH)
                }
                if isLast { break }
              }
              return room - Int(stream.avail_out)
            }
          }
        }
      }
    }
    return Array(output[..<end])
  }
}
