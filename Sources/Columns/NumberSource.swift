/// Numbers in a fixed order, copied out a block at a time.
///
/// Estimators read columns through this, so that they are neither generic nor inlined into their
/// callers: the call through the protocol is paid once a block.
package protocol NumberSource {
  var count: Int { get }

  subscript(index: Int) -> Double { get }

  /// Copies the numbers from `start` on, as many as `block` holds.
  func copy(from start: Int, into block: inout MutableSpan<Double>)
}

/// Codes into a dictionary in a fixed order, copied out a block at a time.
package protocol CodeSource {
  var count: Int { get }

  subscript(index: Int) -> UInt32 { get }

  /// Copies the codes from `start` on, as many as `block` holds.
  func copy(from start: Int, into block: inout MutableSpan<UInt32>)
}

extension NumberSource {
  @inlinable
  package func copy(from start: Int, into block: inout MutableSpan<Double>) {
    for index in block.indices { block[index] = self[start + index] }
  }
}

extension CodeSource {
  @inlinable
  package func copy(from start: Int, into block: inout MutableSpan<UInt32>) {
    for index in block.indices { block[index] = self[start + index] }
  }
}

// Each of these is for one type of element, so that its code is not generic.
extension Array: NumberSource where Element == Double {
  package func copy(from start: Int, into block: inout MutableSpan<Double>) {
    let numbers = span
    for index in block.indices { block[index] = numbers[start + index] }
  }
}

extension Array: CodeSource where Element == UInt32 {
  package func copy(from start: Int, into block: inout MutableSpan<UInt32>) {
    let codes = span
    for index in block.indices { block[index] = codes[start + index] }
  }
}

extension OrderedColumn: NumberSource where Element == Double {
  package var count: Int { order.count }

  package subscript(place: Int) -> Double { base[Int(order[place])] }

  package func copy(from start: Int, into block: inout MutableSpan<Double>) {
    guard let order = order.column else { return base.copy(from: start, into: &block) }
    for index in block.indices { block[index] = base[Int(order[start + index])] }
  }
}

extension OrderedColumn: CodeSource where Element == UInt32 {
  package var count: Int { order.count }

  package subscript(place: Int) -> UInt32 { base[Int(order[place])] }

  package func copy(from start: Int, into block: inout MutableSpan<UInt32>) {
    guard let order = order.column else { return base.copy(from: start, into: &block) }
    for index in block.indices { block[index] = base[Int(order[start + index])] }
  }
}

extension Column: NumberSource where Element == Double {}

extension Column: CodeSource where Element == UInt32 {}
