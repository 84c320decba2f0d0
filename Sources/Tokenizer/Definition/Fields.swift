internal import JSON

/// The fields of an object in a tokenizer's file, each with its place for errors.
///
/// A field that is not asked for is refused by ``finish()``: what the program does not know may change
/// how a text is cut.
struct Fields {
  /// Where the object stands, such as `pre_tokenizer.pretokenizers[0]`.
  let place: String
  private let members: [JSONValue.Member]
  private var taken: Set<[UInt8]> = []

  init(_ value: JSONValue, at place: String) throws(TokenizerError) {
    guard let members = value.members else {
      throw .malformed("\(place): expected an object, found \(value.excerpt)")
    }
    self.place = place
    self.members = members
  }

  /// The value of a field; nil where it is null or not there.
  mutating func value(_ name: String) -> JSONValue? {
    taken.insert(Array(name.utf8))
    let value = members.first { $0.name.elementsEqual(name.utf8) }?.value
    return value == .null ? nil : value
  }

  /// A text; nil where it is null or not there.
  mutating func text(_ name: String) throws(TokenizerError) -> [UInt8]? {
    guard let value = value(name) else { return nil }
    guard let text = value.text else { throw wrong(name, "a string", value) }
    return text
  }

  /// A text that has to be there.
  mutating func requiredText(_ name: String) throws(TokenizerError) -> [UInt8] {
    guard let text = try text(name) else { throw missing(name) }
    return text
  }

  /// True or false; nil where it is null or not there.
  mutating func truth(_ name: String) throws(TokenizerError) -> Bool? {
    guard let value = value(name) else { return nil }
    guard case .bool(let truth) = value else { throw wrong(name, "true or false", value) }
    return truth
  }

  /// One of the names of an enumeration; nil where it is null or not there.
  mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String
  ) throws(TokenizerError) -> Choice? {
    guard let text = try text(name) else { return nil }
    guard let choice = Choice(rawValue: String(decoding: text, as: UTF8.self)) else {
      let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw .malformed(
        "\(place).\(name): expected one of \(names), found \"\(String(decoding: text, as: UTF8.self))\""
      )
    }
    return choice
  }

  /// A list that has to be there.
  mutating func requiredList(_ name: String) throws(TokenizerError) -> [JSONValue] {
    guard let value = value(name) else { throw missing(name) }
    guard let elements = value.elements else { throw wrong(name, "a list", value) }
    return elements
  }

  /// Refuses fields that nothing has asked for.
  func finish() throws(TokenizerError) {
    if let other = members.first(where: { !taken.contains($0.name) }) {
      throw .unsupported("\(place).\(String(decoding: other.name, as: UTF8.self))")
    }
  }

  func missing(_ name: String) -> TokenizerError {
    .malformed("\(place) lacks the field \"\(name)\"")
  }

  func wrong(_ name: String, _ expected: String, _ value: JSONValue) -> TokenizerError {
    .malformed("\(place).\(name): expected \(expected), found \(value.excerpt)")
  }
}

extension TokenizerError {
  static func malformed(_ message: String) -> TokenizerError {
    TokenizerError(
      .malformedTokenizer, message,
      hint: "name the tokenizer.json that `tokenizers` writes, which is among the model's files")
  }

  /// Something that is not counted exactly here.
  static func unsupported(_ what: String) -> TokenizerError {
    TokenizerError(
      .unsupportedTokenizer, "\(what) is not supported, so the counts would not be exact",
      hint: "count with `tokenizers` into a field of the rows, and name it as field:NAME")
  }
}
