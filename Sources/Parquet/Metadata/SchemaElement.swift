/// One node of the schema tree, which the file holds flattened in preorder.
package struct SchemaElement: Equatable {
  var name: String
  /// nil for a group, which has children instead.
  var type: PhysicalType?
  /// Bytes of a value of fixed length.
  var typeLength: Int32?
  /// nil for the root.
  var repetition: Repetition?
  /// How many of the following subtrees are children; nil for a leaf.
  var childCount: Int32?
  var annotation = Annotation.none
}

extension SchemaElement {
  /// A column as a file of another format has it.
  package init(name: String, type: PhysicalType, typeLength: Int32, annotation: Annotation) {
    self.init(
      name: name, type: type, typeLength: typeLength, repetition: nil, childCount: nil,
      annotation: annotation)
  }
}

extension SchemaElement {
  init(_ thrift: ThriftStructure) throws(ParquetError) {
    name = try ThriftStructure.required(thrift.text(4), "a column's name")
    typeLength = try thrift.int32(2)
    childCount = try thrift.int32(5)
    annotation = try Annotation(
      converted: thrift.int32(6), scale: thrift.int32(7), logical: thrift.structure(10))
    if let number = try thrift.int32(1) {
      guard let type = PhysicalType(rawValue: number) else {
        throw .unsupported("the column \"\(name)\" has the unknown type \(number)")
      }
      self.type = type
    }
    if let number = try thrift.int32(3) {
      guard let repetition = Repetition(rawValue: number) else {
        throw .damaged("the column \"\(name)\" has the repetition \(number)")
      }
      self.repetition = repetition
    }
  }

  func write(to thrift: inout ThriftWriter) {
    if let type { thrift.field(1, type.rawValue) }
    if let typeLength { thrift.field(2, typeLength) }
    if let repetition { thrift.field(3, repetition.rawValue) }
    thrift.field(4, name)
    if let childCount { thrift.field(5, childCount) }
    if let converted = annotation.convertedNumber { thrift.field(6, converted) }
    if let logical = annotation.logicalNumber {
      thrift.field(10, structure: { $0.field(logical, structure: { _ in }) })
    }
  }
}
