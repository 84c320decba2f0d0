/// A column of names, of which there are few: each is stored once.
package struct NameColumn: Sendable {
  /// For each entry the number of its name; ``none`` where it has none.
  package private(set) var codes = Column<UInt32>()
  /// In the order of their first appearance.
  package private(set) var names: [[UInt8]] = []
  private var codeOfName: [[UInt8]: UInt32] = [:]

  package init() {}

  package static let none = UInt32.max

  /// Whether there is a name at all.
  package var hasNames: Bool { !names.isEmpty }

  /// The name of an entry; nil where it has none.
  package subscript(index: Int) -> [UInt8]? {
    let code = codes[index]
    return code == Self.none ? nil : names[Int(code)]
  }

  package mutating func append(_ name: [UInt8]?) {
    guard let name else { return codes.append(Self.none) }
    if let code = codeOfName[name] { return codes.append(code) }
    let code = UInt32(names.count)
    names.append(name)
    codeOfName[name] = code
    codes.append(code)
  }
}
