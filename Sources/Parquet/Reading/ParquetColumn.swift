/// A column of a Parquet file by its name and type, whether its values can be read or not.
package struct ParquetColumn: Sendable {
  /// The types that readers of datasets tell apart.
  package indirect enum Kind: Sendable {
    case null, truth, integer, number, text
    /// Bytes of no declared meaning.
    case bytes
    case list(Kind)
    case structure([ParquetColumn])
    /// Narrower numbers, dates and all the rest.
    case other
  }

  package var name: String
  package var kind: Kind
}

extension ParquetColumn.Kind {
  /// Whether there are bytes in it.
  package var holdsBytes: Bool {
    switch self {
    case .bytes: true
    case .list(let element): element.holdsBytes
    case .structure(let members): members.contains { $0.kind.holdsBytes }
    case .null, .truth, .integer, .number, .text, .other: false
    }
  }
}

extension ParquetColumn {
  /// The columns of a file.
  package static func columns(of input: any ParquetInput) throws(ParquetError) -> [ParquetColumn] {
    try SchemaReader.columns(of: FileMetadata(of: input).schema).columns.map(Self.init)
  }

  /// The column that a node of a schema stands for.
  package init(_ node: ReadNode) {
    name = node.name
    kind = Kind(node)
  }
}

extension ParquetColumn.Kind {
  fileprivate init(_ node: ReadNode) {
    switch node.kind {
    case .leaf(let leaf):
      switch (leaf.type, leaf.annotation) {
      case (_, .unknown): self = .null
      case (.boolean, .none): self = .truth
      case (.int64, .none), (.int64, .integer(bits: 64, isSigned: true)): self = .integer
      case (.double, .none): self = .number
      case (.byteArray, .string): self = .text
      case (.byteArray, .none): self = .bytes
      default: self = .other
      }
    case .structure(let members): self = .structure(members.map(ParquetColumn.init))
    case .list(let element, _, _): self = .list(Self(element))
    case .unsupported, .placeholder: self = .other
    }
  }
}
