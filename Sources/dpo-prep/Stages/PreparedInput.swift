internal import Glibc
internal import Ingest
internal import Parquet
internal import Records
internal import Rows
internal import Settings
internal import Work

/// The input as both passes read it: files that are there, and the layout of their rows.
struct PreparedInput {
  var files: [InputFile]
  var schemas: RowSchemas
  var framing: FramingOptions
  /// The folders of datasets of this program that stand among the input.
  private var leftOut: [String] = []
  /// Columns that belong to a prompt and hold bytes, such as those of images.
  private(set) var byteColumns: [String] = []

  /// Finds the files, copies streams so that they can be read twice, and looks at the first rows.
  ///
  /// - Parameters:
  ///   - output: what passes through to it; nil for nothing.
  ///   - readsModels: whether the models of answers are read even if they pass nowhere.
  ///   - split: how rows are split.
  ///   - hasProbabilities: whether rewards are refused that are not from 0 to 1.
  ///   - advice: whom hints are for.
  ///   - streamFolder: where copies of streams go.
  init(
    _ input: Configuration.Input, characteristics: [Characteristic],
    keeping output: Configuration.Output? = nil, readsModels: Bool = false,
    split: Configuration.Split? = nil, hasProbabilities: Bool = false,
    streamFolder: String, threads: Int, advice: Advice = .settings
  ) throws {
    var leftOut: [String] = []
    files = try InputDiscovery.files(for: input.paths, leavingOut: { leftOut.append($0) }).map {
      file in
      guard file.isStream else { return file }
      return try Interruption.whileWaiting { try file.spooled(into: streamFolder) }
    }
    self.leftOut = leftOut
    framing = FramingOptions(
      maximumRowByteCount: input.maxRow, windowByteCount: input.maxWindow)
    let detection = LayoutDetection(
      fields: input.fields, format: input.format, order: input.rewardOrder, framing: framing,
      advice: advice
    ) { schema in
      schema.characteristics = characteristics
      schema.kept = output?.keptFields.map(\.path) ?? []
      schema.readsModels = readsModels || output?.keepsModels ?? false
      schema.split = split?.field
      schema.hasProbabilities = hasProbabilities
      schema.readsIDs = input.idConflicts != .ignore
    }
    // A first row may be far, behind any number of blanks.
    schemas = try Interruption.whileWaiting { [files] in
      try detection.schemas(of: files, threads: threads)
    }
    byteColumns = Self.byteColumns(
      of: schemas.distinct.indices.compactMap { schemas.files(of: $0).first.map { files[$0] } })
    // Files of one layout have its columns; those of another are few.
    framing.columns = schemas.distinct.map(\.columns).reduce(nil) { $0?.union($1) ?? $1 }
  }

  /// What rows are like, in words.
  var layout: String {
    schemas.distinct.map(\.description).joined(separator: "; ")
  }

  /// What the user should know of files that were not read.
  var warnings: [Diagnostic] {
    leftOut.map {
      Diagnostic(
        .warning, "this dataset of dpo-prep stands among the input and is not read",
        at: SourceLocation(file: $0), hint: "name its folder in input.paths to have it read",
        code: "own_dataset_left_out")
    }
  }

  /// What the user should know of the layouts that were found.
  var notes: [Diagnostic] {
    var notes = [Diagnostic(.note, "rows are \(schemas.distinct[0])", code: "layout")]
    for (number, schema) in schemas.distinct.enumerated().dropFirst() {
      let first = files[schemas.files(of: number)[0]].displayName
      let count = schemas.files(of: number).count
      notes.append(
        Diagnostic(
          .note,
          "\(count == 1 ? "1 file has" : "\(count) files have") rows of another layout: "
            + "\(schema)", at: SourceLocation(file: first), code: "other_layout"))
    }
    return notes
  }

  /// What stands beside conversations and is not written, as its digest is all that was read.
  var unwrittenContext: Set<String> {
    Set(Self.media.filter { $0.paths.contains(where: byteColumns.contains) }.map(\.name))
  }

  /// Columns of media that hold bytes.
  ///
  /// - Parameter files: one of each layout.
  private static func byteColumns(of files: [InputFile]) -> [String] {
    let names = Set(media.flatMap(\.paths))
    return files.flatMap { (try? $0.typedColumns()) ?? [] }
      .filter { names.contains($0.name) && $0.kind.holdsBytes }.map(\.name)
  }

  /// Images, videos and audios; tools and the like are text, whatever type a column says.
  private static var media: [ContextField] { ContextField.all.filter(\.isList) }

  /// What of a row the profiles have no place for.
  func obstacle(_ profiles: [Profile]) -> RowReader.Obstacle {
    profiles.obstacle(besides: unwrittenContext)
  }

  /// Where copies of streams go when nothing is written beside them: `TMPDIR`, or `/tmp`.
  static var temporaryFolder: String {
    guard let name = getenv("TMPDIR").map({ String(cString: $0) }), !name.isEmpty else {
      return "/tmp"
    }
    return name
  }

  /// How many bytes of memory the text may take to be kept between the passes, of those there are.
  func keptBytes(of available: Int) -> Int {
    files.contains { $0.isSlowToDecompress } ? available : 0
  }

  /// The size of all files together; 0 where it is not known.
  var byteCount: Int { files.reduce(0) { $0 + ($1.byteCount ?? 0) } }
}
