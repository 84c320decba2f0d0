internal import Clean
internal import Ingest
internal import Records
internal import Scan
internal import Settings
internal import Work

extension Configuration {
  /// What is looked for in prompts, but for the texts of benchmarks.
  var promptFilters: PromptFilters {
    var filters = PromptFilters()
    if let share = self.filters.repetition.share {
      filters.repetition = (share, self.filters.repetition.ngram)
    }
    if !self.filters.scripts.names.isEmpty {
      filters.scripts = (self.filters.scripts.names, self.filters.scripts.share)
    }
    if let shape = nearDuplicateRule?.shape {
      filters.signature = (shape, self.filters.nearDuplicates.ngram)
    }
    return filters
  }

  /// Which prompts nearly repeat others; nil where that does not matter.
  var nearDuplicateRule: NearDuplicateRule? {
    let settings = filters.nearDuplicates
    return settings.similarity.map {
      NearDuplicateRule(
        BandShape(bands: settings.bands, rows: settings.rows), similarity: $0,
        prefersBest: settings.keep == .best, memory: run.memory / 2)
    }
  }

  /// The files of the benchmarks.
  var benchmarkFiles: [InputFile] {
    get throws {
      let paths = filters.contaminated.against
      return paths.isEmpty ? [] : try InputDiscovery.files(for: paths)
    }
  }
}

extension Benchmarks {
  /// Reads the benchmarks that a configuration names.
  init(_ configuration: Configuration) throws {
    let settings = configuration.filters.contaminated
    try self.init(
      FoundInput(settings.against, streamFolder: InputFile.temporaryFolder).files,
      fields: settings.fields,
      into: BenchmarkIndex(ngramSize: settings.ngram, share: settings.share),
      memory: configuration.run.memory / 4,
      framing: FramingOptions(
        maximumRowByteCount: configuration.input.maxRow,
        windowByteCount: configuration.input.maxWindow),
      threads: configuration.threadCount, checkpoint: { try Interruption.checkpoint() })
  }
}
