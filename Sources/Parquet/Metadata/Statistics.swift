/// What is known of the values of a page or of a column chunk.
///
/// ValueRange are as values of the PLAIN encoding, without the length of byte arrays.
struct Statistics: Equatable {
  var nullCount: Int64 = 0
  /// The smallest and largest value, or bounds of them; nil where there is none.
  var minimum: [UInt8]?
  var maximum: [UInt8]?
  /// Whether the bounds are values themselves; long ones are shortened.
  var isMinimumExact = true
  var isMaximumExact = true

  func write(to thrift: inout ThriftWriter) {
    thrift.field(3, nullCount)
    if let maximum { thrift.field(5, maximum) }
    if let minimum { thrift.field(6, minimum) }
    if maximum != nil { thrift.field(7, isMaximumExact) }
    if minimum != nil { thrift.field(8, isMinimumExact) }
  }
}
