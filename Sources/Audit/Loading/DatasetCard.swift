internal import Ingest
internal import Settings

/// The columns that the card of a dataset, its README.md, declares at the top.
enum DatasetCard {
  /// The columns of a folder's card.
  ///
  /// - Parameter config: The config that is loaded; nil for the default one.
  /// - Returns: nil where there is no card or it declares none.
  static func columns(in folder: String, config: String?) -> [LoadedType.Field]? {
    infos(in: folder).flatMap { info($0, of: config ?? "default") }?["features"].flatMap(fields)
  }

  /// How many rows a folder's card says each split of each config has; none where it says nothing.
  static func rowCounts(in folder: String) -> [(config: String, split: String, rows: Int)] {
    guard let infos = infos(in: folder) else { return [] }
    let all = if case .sequence(let all) = infos.content { all } else { [infos] }
    return all.flatMap { info -> [(config: String, split: String, rows: Int)] in
      guard case .sequence(let splits)? = info["splits"]?.content else { return [] }
      let config = info["config_name"]?.text ?? "default"
      return splits.compactMap { split in
        guard let name = split["name"]?.text,
          let rows = split["num_examples"]?.text.flatMap({ Int($0) })
        else { return nil }
        return (config, name, rows)
      }
    }
  }

  private static func infos(in folder: String) -> YAMLNode? {
    let path = folder + "/README.md"
    guard let text = try? WholeFile.bytes(of: path),
      let yaml = frontMatter(of: text),
      let card = try? YAMLNode.parse(yaml, file: path)
    else { return nil }
    return card["dataset_info"]
  }

  /// The lines between the first two of three dashes.
  private static func frontMatter(of text: [UInt8]) -> [UInt8]? {
    // Line by line: a list of all would take many times what blank lines do.
    var first: Int?
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
      let line = text[start..<end]
      if line.elementsEqual("---".utf8) || line.elementsEqual("---\r".utf8) {
        if let first { return Array(text[first..<start]) }
        first = end + 1
      } else if first == nil {
        return nil
      }
      start = end + 1
    }
    return nil
  }

  /// The description of a config; a card of one config need not name it.
  private static func info(_ infos: YAMLNode, of config: String) -> YAMLNode? {
    guard case .sequence(let all) = infos.content else {
      let name = infos["config_name"]?.text ?? "default"
      return name == config ? infos : nil
    }
    return all.first { ($0["config_name"]?.text ?? "default") == config }
  }

  private static func fields(_ node: YAMLNode) -> [LoadedType.Field]? {
    guard case .sequence(let entries) = node.content else { return nil }
    return entries.compactMap { entry in
      entry["name"]?.text.map { LoadedType.Field(name: $0, type: type(of: entry)) }
    }
  }

  /// The type of a column, whose entry says `dtype`, `list` or `struct` beside its name.
  private static func type(of entry: YAMLNode) -> LoadedType {
    if let name = entry["dtype"]?.text { return type(named: name) }
    if let fields = entry["struct"].flatMap(fields) { return .structure(fields) }
    guard let element = entry["list"] ?? entry["sequence"] else { return .unknown }
    if let name = element.text { return .list(type(named: name)) }
    if let fields = fields(element) {
      // A sequence of a structure is one of lists, as in TensorFlow's datasets.
      return entry["list"] == nil ? .unknown : .list(.structure(fields))
    }
    return .list(type(of: element))
  }

  private static func type(named name: String) -> LoadedType {
    switch name {
    case "string", "large_string": .text
    case "int64": .integer
    case "float64": .number
    case "bool": .truth
    case "null": .null
    case "timestamp[s]": .timestamp
    // Narrower types and those of pictures and the like are not followed.
    default: .unknown
    }
  }
}

extension YAMLNode {
  /// The value of a key of a mapping.
  fileprivate subscript(key: String) -> YAMLNode? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// The text of a scalar.
  fileprivate var text: String? {
    guard case .scalar(let text, _) = content else { return nil }
    return text
  }
}
