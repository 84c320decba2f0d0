/// Writes structures in Thrift's compact protocol.
///
/// Fields are written in ascending order of their numbers.
struct ThriftWriter {
  private(set) var bytes: [UInt8] = []
  private var lastField: Int16 = 0

  /// The bytes of one structure.
  static func bytes(of body: (inout ThriftWriter) -> Void) -> [UInt8] {
    var writer = ThriftWriter()
    writer.writeStructure(body)
    return writer.bytes
  }

  // MARK: Fields

  mutating func field(_ number: Int16, _ value: Bool) {
    begin(number, value ? .yes : .no)
  }

  mutating func field(_ number: Int16, _ value: Int8) {
    begin(number, .byte)
    bytes.append(UInt8(bitPattern: value))
  }

  mutating func field(_ number: Int16, _ value: Int16) {
    begin(number, .int16)
    write(Int64(value))
  }

  mutating func field(_ number: Int16, _ value: Int32) {
    begin(number, .int32)
    write(Int64(value))
  }

  mutating func field(_ number: Int16, _ value: Int64) {
    begin(number, .int64)
    write(value)
  }

  mutating func field(_ number: Int16, _ value: some Collection<UInt8>) {
    begin(number, .binary)
    write(value)
  }

  mutating func field(_ number: Int16, _ value: String) {
    field(number, value.utf8)
  }

  mutating func field(_ number: Int16, structure body: (inout ThriftWriter) -> Void) {
    begin(number, .structure)
    writeStructure(body)
  }

  // MARK: Lists

  mutating func field(_ number: Int16, list values: [Int32]) {
    beginList(number, .int32, count: values.count)
    for value in values { write(Int64(value)) }
  }

  mutating func field(_ number: Int16, list values: [Int64]) {
    beginList(number, .int64, count: values.count)
    for value in values { write(value) }
  }

  mutating func field(_ number: Int16, list values: [Bool]) {
    beginList(number, .yes, count: values.count)
    for value in values { bytes.append((value ? ThriftKind.yes : .no).rawValue) }
  }

  mutating func field(_ number: Int16, list values: [[UInt8]]) {
    beginList(number, .binary, count: values.count)
    for value in values { write(value) }
  }

  mutating func field<Element>(
    _ number: Int16, list elements: [Element],
    _ body: (Element, inout ThriftWriter) -> Void
  ) {
    beginList(number, .structure, count: elements.count)
    for element in elements { writeStructure { body(element, &$0) } }
  }

  // MARK: Parts

  private mutating func writeStructure(_ body: (inout ThriftWriter) -> Void) {
    let outer = lastField
    lastField = 0
    body(&self)
    bytes.append(0)
    lastField = outer
  }

  private mutating func begin(_ number: Int16, _ kind: ThriftKind) {
    let step = number - lastField
    precondition(step > 0, "fields are written in the order of their numbers")
    if step < 16 {
      bytes.append(UInt8(step) << 4 | kind.rawValue)
    } else {
      bytes.append(kind.rawValue)
      write(Int64(number))
    }
    lastField = number
  }

  private mutating func beginList(_ number: Int16, _ kind: ThriftKind, count: Int) {
    begin(number, .list)
    if count < 15 {
      bytes.append(UInt8(count) << 4 | kind.rawValue)
    } else {
      bytes.append(0xF0 | kind.rawValue)
      write(unsigned: UInt64(count))
    }
  }

  private mutating func write(_ value: some Collection<UInt8>) {
    write(unsigned: UInt64(value.count))
    bytes += value
  }

  /// Zigzag: small magnitudes are short, whatever their sign.
  private mutating func write(_ value: Int64) {
    write(unsigned: UInt64(bitPattern: value << 1 ^ value >> 63))
  }

  private mutating func write(unsigned value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
