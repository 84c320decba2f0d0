/// A node of the schema of a file that is read: what its values are and by which levels they are told.
package final class ReadNode: Sendable {
  package enum Kind: Sendable {
    case leaf(ReadLeaf)
    case structure([ReadNode])
    /// From the definition level `elements` on there are elements, and each but the first has the
    /// repetition level `repetition`.
    case list(ReadNode, elements: UInt8, repetition: UInt8)
    /// What is not read, in the words of an error.
    case unsupported(String)
    /// A value that is passed over: nothing of it is read, and null stands for it.
    case placeholder
  }

  package let name: String
  package let kind: Kind
  /// The definition level from which on a value is there.
  package let definition: UInt8
  /// The columns at or below this node that are read.
  package let leaves: [Int]

  package init(name: String, kind: Kind, definition: UInt8) {
    self.name = name
    self.kind = kind
    self.definition = definition
    leaves =
      switch kind {
      case .leaf(let leaf): [leaf.index]
      case .structure(let members): members.flatMap(\.leaves)
      case .list(let element, _, _): element.leaves
      case .unsupported, .placeholder: []
      }
  }

  /// The same node of other content; what has no column to read is a placeholder.
  private func with(_ kind: Kind) -> ReadNode {
    let node = ReadNode(name: name, kind: kind, definition: definition)
    return node.leaves.isEmpty
      ? ReadNode(name: name, kind: .placeholder, definition: definition) : node
  }

  /// Whether the values are texts, numbers or truths.
  package var isScalar: Bool { if case .leaf = kind { true } else { false } }

  /// Whether null stands for all its values.
  package var isPlaceholder: Bool {
    if case .placeholder = kind { true } else { false }
  }

  /// Refuses types that are not read.
  func checkTypes(path: String) throws(ParquetError) {
    switch kind {
    case .leaf(let leaf):
      if let refusal = leaf.refusal { throw .unsupported(refusal, column: path) }
    case .structure(let members):
      for member in members { try member.checkTypes(path: "\(path).\(member.name)") }
    case .list(let element, _, _): try element.checkTypes(path: path)
    case .unsupported(let reason): throw .unsupported(reason, column: path)
    case .placeholder: break
    }
  }

  /// The node without what cannot be read as text: types that are not supported are passed over,
  /// and digests stand for bytes.
  ///
  /// A file may have such columns beside those that matter, so they must not end the reading; and
  /// where they matter, as images of a prompt do, different bytes must not look alike.
  var readable: ReadNode {
    switch kind {
    case .leaf(var leaf):
      guard leaf.refusal == nil else { return with(.placeholder) }
      if leaf.form == .bytes { leaf.form = .bytesOrDigest }
      return with(.leaf(leaf))
    case .structure(let members): return with(.structure(members.map(\.readable)))
    case .list(let element, let elements, let repetition):
      return with(.list(element.readable, elements: elements, repetition: repetition))
    case .unsupported, .placeholder: return with(.placeholder)
    }
  }

  /// The node without the bytes of files in it.
  ///
  /// `datasets` writes images and audio as a structure of `bytes` and `path`. The bytes are no text
  /// and would be most of the file, and the path tells which file it was.
  var withoutFileBytes: ReadNode {
    switch kind {
    case .leaf, .unsupported, .placeholder: return self
    case .structure(let members):
      let isFile = Set(members.map(\.name)) == ["bytes", "path"]
      return with(
        .structure(
          members.map { member in
            guard isFile, member.name == "bytes", case .leaf(let leaf) = member.kind,
              leaf.form == .bytes
            else { return member.withoutFileBytes }
            return member.with(.placeholder)
          }))
    case .list(let element, let elements, let repetition):
      return with(
        .list(element.withoutFileBytes, elements: elements, repetition: repetition))
    }
  }
}
