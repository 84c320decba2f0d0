/// A node of the schema of a file that is read: what its values are and by which levels they are told.
final class ReadNode: Sendable {
  enum Kind: Sendable {
    case leaf(ReadLeaf)
    case structure([ReadNode])
    /// From the definition level `elements` on there are elements, and each but the first has the
    /// repetition level `repetition`.
    case list(ReadNode, elements: UInt8, repetition: UInt8)
    /// What is not read, in the words of an error.
    case unsupported(String)
  }

  let name: String
  let kind: Kind
  /// The definition level from which on a value is there.
  let definition: UInt8
  /// The columns at or below this node.
  let leaves: Range<Int>

  init(name: String, kind: Kind, definition: UInt8, leaves: Range<Int>) {
    self.name = name
    self.kind = kind
    self.definition = definition
    self.leaves = leaves
  }
}

/// A column of a file that is read.
struct ReadLeaf: Sendable {
  /// Its place among all columns of the file.
  var index: Int
  var name: String
  var type: PhysicalType
  var annotation: Annotation
  /// The highest levels that its entries can have.
  var definition: UInt8
  var repetition: UInt8

  /// Whether values are bytes of which nothing says that they are a text.
  var isBinary: Bool { type == .byteArray && annotation == .none }

  /// Why values of this type are not read; nil for those that are.
  var refusal: String? {
    switch (type, annotation) {
    case (.int96, _): "the type INT96 (an old timestamp)"
    case (.fixedLengthByteArray, .float16): nil
    case (.fixedLengthByteArray, .other(let meaning)): "the type \(meaning)"
    case (.fixedLengthByteArray, _): "the type FIXED_LEN_BYTE_ARRAY"
    case (_, .other(let meaning)): "the type \(meaning)"
    default: nil
    }
  }
}
