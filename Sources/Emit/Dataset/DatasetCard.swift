internal import JSON
internal import Parquet
internal import Records

/// The dataset's README.md: what loaders read between the dashes, and what people read below.
package struct DatasetCard {
  package var layout: DatasetLayout
  package var tables: [DatasetWriter.Table]
  package var details: Details
  /// Paragraphs and tables in Markdown about how the dataset was made.
  package var body: String

  /// What only the user knows of a dataset, by the keys of the Hub's cards.
  package struct Details: Sendable {
    /// The identifier of a licence.
    package var license: String?
    package var prettyName: String?
    /// Codes of ISO 639.
    package var languages: [String] = []
    package var taskCategories: [String] = []
    /// What the prompts and answers come from.
    package var sourceDatasets: [String] = []
    /// Those beside the program's own.
    package var tags: [String] = []

    package init() {}
  }

  package init(
    layout: DatasetLayout, tables: [DatasetWriter.Table], details: Details = Details(),
    body: String
  ) {
    self.details = details
    self.layout = layout
    self.tables = tables
    self.body = body
  }

  /// The whole file.
  package var text: [UInt8] {
    Array(("---\n" + frontMatter + "---\n\n" + body + "\n" + loading).utf8)
  }

  // MARK: Front matter

  private var frontMatter: String {
    var yaml = ""
    if let license = details.license { yaml += "license: \(quoted(license))\n" }
    if let name = details.prettyName { yaml += "pretty_name: \(quoted(name))\n" }
    yaml += list("language", details.languages)
    yaml += list("task_categories", details.taskCategories)
    yaml += "size_categories:\n- \(sizeCategory)\n"
    yaml += list("source_datasets", details.sourceDatasets)
    yaml += "tags:\n- dpo\n- preference\n- dpo-prep\n"
    yaml += details.tags.map { "- \(quoted($0))\n" }.joined() + "configs:\n"
    for (name, profile) in configs {
      yaml += "- config_name: \(name)\n  data_files:\n"
      for split in layout.splits {
        yaml += "  - split: \(profile.name(of: split))\n"
        yaml +=
          "    path: \(layout.pathStart(of: profile, split))-*\(layout.format.fileExtension)\n"
      }
    }
    yaml += "dataset_info:\n"
    for (name, profile) in configs {
      yaml += "- config_name: \(name)\n  features:\n"
      for column in layout.columns(of: profile) {
        yaml += "  - name: \(quotedIfNeeded(column.name))\n" + features(of: column.type, "    ")
      }
      let tables = tables.filter { $0.profile == profile }
      yaml += "  splits:\n"
      for table in tables {
        yaml += "  - name: \(profile.name(of: table.split))\n"
        yaml += "    num_bytes: \(table.loadedByteCount)\n    num_examples: \(table.rows)\n"
      }
      yaml += "  download_size: \(tables.reduce(0) { $0 + $1.byteCount })\n"
      yaml += "  dataset_size: \(tables.reduce(0) { $0 + $1.loadedByteCount })\n"
    }
    return yaml
  }

  private func list(_ key: String, _ values: [String]) -> String {
    values.isEmpty ? "" : "\(key):\n" + values.map { "- \(quoted($0))\n" }.joined()
  }

  /// The Hub's name for the number of rows of the default config.
  private var sizeCategory: String {
    let rows = tables.filter { $0.profile == layout.profiles.first }.reduce(0) { $0 + $1.rows }
    let steps = ["1K", "10K", "100K", "1M", "10M", "100M", "1B", "10B", "100B", "1T"]
    var bound = 1000
    for (place, step) in steps.enumerated() {
      if rows < bound { return place == 0 ? "n<\(step)" : "\(steps[place - 1])<n<\(step)" }
      bound *= 10
    }
    return "n>1T"
  }

  /// A text as YAML, which reads JSON's strings.
  private func quoted(_ text: String) -> String {
    var json = JSONText()
    json.append(string: text)
    return String(decoding: json.bytes, as: UTF8.self)
  }

  /// A type as the lines below the column's name.
  private func features(of type: ColumnType, _ margin: String) -> String {
    switch type {
    case .structure(let members): "\(margin)struct:\n" + names(of: members, margin)
    case .list(.structure(let members)): "\(margin)list:\n" + names(of: members, margin)
    case .list(.list(let element)): "\(margin)list:\n" + features(of: .list(element), margin + "  ")
    case .list(let element): "\(margin)list: \(scalar(element))\n"
    default: "\(margin)dtype: \(scalar(type))\n"
    }
  }

  /// The name of a type without parts.
  private func scalar(_ type: ColumnType) -> String {
    switch type {
    case .text: "string"
    case .boolean: "bool"
    case .int32: "int32"
    case .int64: "int64"
    case .float: "float32"
    case .double: "float64"
    case .list, .structure: preconditionFailure("a type with parts has no name")
    }
  }

  private func names(of members: [ColumnType.Field], _ margin: String) -> String {
    members.map {
      "\(margin)- name: \(quotedIfNeeded($0.name))\n" + features(of: $0.type, margin + "  ")
    }.joined()
  }

  /// A field of the input can have any name.
  private func quotedIfNeeded(_ name: String) -> String {
    let isWord = name.utf8.allSatisfy { $0 == 0x5F || (0x61...0x7A).contains($0) }
    return isWord && !Self.valuesOfYAML.contains(name) ? name : quoted(name)
  }

  /// Words that are not texts in YAML; nothing at all is null.
  private static let valuesOfYAML: Set = [
    "", "null", "true", "false", "yes", "no", "on", "off", "y", "n",
  ]

  /// Every profile under its own name, and the first also as what `load_dataset` gives when nothing
  /// is asked for.
  private var configs: [(name: String, profile: Profile)] {
    layout.profiles.prefix(1).map { ("default", $0) } + layout.profiles.map { ($0.rawValue, $0) }
  }

  // MARK: How to load it

  private var loading: String {
    layout.profiles.reduce("## Loading\n") { text, profile in
      let place = Profile.Place(
        isDefault: profile == layout.profiles.first, splits: layout.splits.map(profile.name(of:)),
        folder: layout.folder(of: profile))
      return text + "\n### \(profile.rawValue)\n\n" + profile.loading(from: place)
    }
  }
}
