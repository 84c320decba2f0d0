package import Ingest
internal import Parquet
package import Records
package import Rows
package import Scan
package import Settings
internal import Work

/// The input as both passes read it: files that are there, and the layout of their rows.
package struct PreparedInput {
  package var files: [InputFile]
  package var schemas: RowSchemas
  package var framing: FramingOptions
  /// The folders of datasets of this program that stand among the input.
  private var leftOut: [String]
  /// For each layout the columns that belong to a prompt and hold bytes, such as those of images.
  private var byteColumns: [[String]] = []

  /// Looks at the first rows of files.
  ///
  /// - Parameters:
  ///   - output: what passes through to it; nil for nothing.
  ///   - readsModels: whether the models of answers are read even if they pass nowhere.
  ///   - split: how rows are split.
  ///   - hasProbabilities: whether rewards are refused that are not from 0 to 1.
  ///   - advice: whom hints are for.
  package init(
    _ found: FoundInput, _ input: Configuration.Input, characteristics: [Characteristic],
    keeping output: Configuration.Output? = nil, readsModels: Bool = false,
    split: Configuration.Split? = nil, hasProbabilities: Bool = false,
    threads: Int, advice: Advice = .settings
  ) throws {
    files = found.files
    leftOut = found.leftOut
    framing = FramingOptions(
      maximumRowByteCount: input.maxRow, windowByteCount: input.maxWindow)
    let detection = LayoutDetection(
      fields: input.fields, format: input.format, order: input.rewardOrder, framing: framing,
      advice: advice
    ) { schema in
      schema.characteristics = characteristics
      schema.passThrough = output?.keptFields.map(\.path) ?? []
      schema.readsModels = readsModels || output?.keepsModels ?? false
      schema.split = split?.field
      schema.hasProbabilities = hasProbabilities
      schema.readsIDs = input.idConflicts != .ignore
    }
    // A first row may be far, behind any number of blanks.
    schemas = try Interruption.whileWaiting { [files] in
      try detection.schemas(of: files, threads: threads)
    }
    let models = schemas.distinct.map { $0.rewards.map(\.model) }
    if let other = models.firstIndex(where: { $0 != models[0] }) {
      throw IngestError.otherRewardModels(
        models[other], thanFirst: models[0], in: files[schemas.files(of: other)[0]].displayName)
    }
    byteColumns = Self.byteColumns(
      of: schemas.distinct.indices.compactMap { schemas.files(of: $0).first.map { files[$0] } })
    // Files of one layout have its columns; those of another are few.
    framing.columns = schemas.distinct.map(\.columns).reduce(nil) { $0?.union($1) ?? $1 }
  }

  /// The input as a configuration of a dataset reads it.
  package init(_ found: FoundInput, _ configuration: Configuration) throws {
    try self.init(
      found, configuration.input,
      characteristics: configuration.measures,
      keeping: configuration.output, readsModels: configuration.readsModels,
      split: configuration.split,
      hasProbabilities: configuration.calibration.transform == .logit,
      threads: configuration.threadCount)
  }

  /// What is recorded of it.
  package var account: InputAccount {
    let layouts = schemas.distinct.enumerated().map { number, schema in
      let places = schemas.files(of: number)
      let first = files[places[0]]
      return InputAccount.Layout(
        description: schema.description, rewardPaths: schema.rewardPaths,
        modelPaths: schema.modelPaths, ownScores: schema.ownScores,
        scoreOrigin: schema.ownScores.flatMap { _ in ScoreOrigin(datasetOf: first) },
        byteColumns: byteColumns[number], firstFile: first.displayName,
        fileCount: places.count)
    }
    return InputAccount(merging: [InputAccount(layouts: layouts, leftOut: leftOut)])
  }

  /// Columns of media that hold bytes.
  ///
  /// - Parameter files: one of each layout.
  private static func byteColumns(of files: [InputFile]) -> [[String]] {
    let names = Set(ContextField.media.flatMap(\.paths))
    return files.map { file in
      ((try? file.typedColumns()) ?? [])
        .filter { names.contains($0.name) && $0.kind.holdsBytes }.map(\.name)
    }
  }

  /// What of a row the profiles have no place for.
  package func obstacle(_ profiles: [Profile]) -> RowReader.Obstacle {
    profiles.obstacle(besides: account.unwrittenContext)
  }

  /// How much of the text may be kept between the passes.
  package func resident(_ configuration: Configuration) -> ResidentInput.Limit {
    let isSlow = files.contains { $0.isSlowToDecompress }
    var byteCount = isSlow ? configuration.memoryForTexts : configuration.memoryForFastTexts
    // Signatures may take as much.
    if configuration.filters.nearDuplicates.similarity != nil { byteCount /= 2 }
    return ResidentInput.Limit(
      byteCount: byteCount,
      scatteredByteCount: min(
        byteCount, configuration.memoryForTexts - configuration.memoryForWaitingTexts),
      isWorthDearMemory: isSlow)
  }

  /// The size of all files together; 0 where it is not known.
  package var byteCount: Int { files.reduce(0) { $0 + ($1.byteCount ?? 0) } }
}
