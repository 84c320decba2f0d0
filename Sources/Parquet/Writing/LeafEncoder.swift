internal import Bytes

/// The column of a leaf while rows are encoded.
final class LeafEncoder {
  private let leaf: SchemaNode.Leaf
  private var encoded: EncodedLeaf

  init(_ leaf: SchemaNode.Leaf) {
    self.leaf = leaf
    encoded = EncodedLeaf(leaf)
  }

  var byteCount: Int { encoded.values.count }

  /// Appends what is no value: a null, or what stands for an empty list.
  func appendNull(repetition: UInt8, definition: UInt8) {
    append(repetition: repetition, definition: definition)
  }

  func append(_ text: Span<UInt8>, repetition: UInt8) {
    append(repetition: repetition, definition: leaf.definition)
    PlainEncoder.append(text, to: &encoded.values)
  }

  func append(_ value: Bool, repetition: UInt8) {
    append(repetition: repetition, definition: leaf.definition)
    encoded.values.append(value ? 1 : 0)
  }

  func append(_ value: Int64, repetition: UInt8) {
    append(repetition: repetition, definition: leaf.definition)
    if leaf.type == .int32 {
      PlainEncoder.append(Int32(value), to: &encoded.values)
    } else {
      PlainEncoder.append(value, to: &encoded.values)
    }
  }

  func append(_ value: Double, repetition: UInt8) {
    append(repetition: repetition, definition: leaf.definition)
    if leaf.type == .float {
      PlainEncoder.append(Float(value).bitPattern, to: &encoded.values)
    } else {
      PlainEncoder.append(value.bitPattern, to: &encoded.values)
    }
  }

  func endRow() {
    encoded.entryEnds.append(encoded.definitions.count)
    encoded.valueEnds.append(encoded.values.count)
  }

  /// A column without rows.
  var empty: EncodedLeaf { EncodedLeaf(leaf) }

  /// Gives what was appended for an empty column, which takes what comes next.
  func exchange(with next: inout EncodedLeaf) { swap(&encoded, &next) }

  private func append(repetition: UInt8, definition: UInt8) {
    if leaf.repetition > 0 { encoded.repetitions.append(repetition) }
    encoded.definitions.append(definition)
  }
}
