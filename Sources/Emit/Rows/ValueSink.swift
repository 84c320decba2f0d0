internal import Records

/// Takes one value of a row, whatever the format of the file.
protocol ValueSink {
  mutating func null()
  /// Takes UTF-8.
  mutating func text(_ text: [UInt8])
  mutating func number(_ value: Double)
  mutating func integer(_ value: Int)
  mutating func bool(_ value: Bool)
  mutating func message(_ role: Turn.Role, _ content: [UInt8], _ shape: MessageShape)
  /// Takes a list; `element` is asked for each of its elements in order.
  mutating func list(count: Int, _ element: (Int, inout Self) -> Void)
}
