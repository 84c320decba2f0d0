/// The dataset's README.md: what loaders read between the dashes, and what people read below.
package struct DatasetCard {
  package var layout: DatasetLayout
  package var tables: [DatasetWriter.Table]
  /// Paragraphs and tables in Markdown about how the dataset was made.
  package var body: String

  package init(layout: DatasetLayout, tables: [DatasetWriter.Table], body: String) {
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
    var yaml = "tags:\n- dpo\n- preference\n- dpo-prep\nconfigs:\n"
    for profile in layout.profiles {
      yaml += "- config_name: \(configName(of: profile))\n  data_files:\n"
      for split in layout.splits {
        yaml += "  - split: \(profile.name(of: split))\n"
        yaml += "    path: \(layout.pathStart(of: profile, split))-*\(layout.fileExtension)\n"
      }
    }
    yaml += "dataset_info:\n"
    for profile in layout.profiles {
      yaml += "- config_name: \(configName(of: profile))\n  features:\n"
      for column in profile.columns(lengthsAreWhole: layout.lengthsAreWhole) {
        yaml += "  - name: \(column.name)\n" + type(of: column.kind)
      }
      let tables = tables.filter { $0.profile == profile }
      yaml += "  splits:\n"
      for table in tables {
        yaml += "  - name: \(profile.name(of: table.split))\n"
        yaml += "    num_bytes: \(table.textByteCount)\n    num_examples: \(table.rows)\n"
      }
      yaml += "  download_size: \(tables.reduce(0) { $0 + $1.byteCount })\n"
      yaml += "  dataset_size: \(tables.reduce(0) { $0 + $1.textByteCount })\n"
    }
    return yaml
  }

  private func type(of kind: Profile.Column.Kind) -> String {
    switch kind {
    case .string: "    dtype: string\n"
    case .number(let isWhole): "    dtype: \(isWhole ? "int64" : "float64")\n"
    case .messages:
      "    list:\n    - name: content\n      dtype: string\n    - name: role\n      dtype: string\n"
    }
  }

  /// The first profile is what `load_dataset` gives when nothing is asked for.
  private func configName(of profile: Profile) -> String {
    profile == layout.profiles.first ? "default" : profile.rawValue
  }

  // MARK: How to load it

  private var loading: String {
    var text = "## Loading\n"
    for profile in layout.profiles {
      let name = configName(of: profile)
      let config = name == "default" ? "" : "\"\(name)\", "
      let split = profile.name(of: layout.splits.first ?? .train)
      text += "\n```python\nfrom datasets import load_dataset\n\n"
      text += "dataset = load_dataset(\"path/to/this/folder\", \(config)split=\"\(split)\")\n```\n"
      switch profile {
      case .alignmentHandbook:
        text += """

          For the alignment-handbook, select the two conversations: a trainer that also gets \
          `prompt` beside whole conversations would repeat the user turn or fail.

          ```yaml
          dataset_mixture:
            datasets:
              - id: path/to/this/folder
                config: \(name)
                split: \(split)
                columns: [chosen, rejected]
          ```

          """
      case .trl:
        text += """

          TRL's `DPOTrainer` takes it as it is: `prompt` holds the turns before the answer, `chosen` \
          and `rejected` only the answer.

          """
      }
    }
    return text
  }
}
