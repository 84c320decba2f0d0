internal import Foundation
internal import Ingest
internal import Records
internal import Rows
internal import Settings

/// The input as both passes read it: files that are there, and the layout of their rows.
struct PreparedInput {
  var files: [InputFile]
  var schema: RowSchema
  var framing: FramingOptions

  /// Finds the files, copies streams so that they can be read twice, and looks at the first rows.
  ///
  /// - Parameters:
  ///   - output: what passes through to it; nil for nothing.
  ///   - streamFolder: where copies of streams go.
  init(
    _ input: Configuration.Input, characteristics: [Characteristic],
    keeping output: Configuration.Output? = nil, streamFolder: String
  ) throws {
    files = try InputDiscovery.files(for: input.paths).map { file in
      guard file.isStream else { return file }
      return try Interruption.whileWaiting { try file.spooled(into: streamFolder) }
    }
    framing = FramingOptions(maximumRowByteCount: input.maxRow)
    schema = try LayoutDetection.schema(
      of: files, fields: input.fields, format: input.format, framing: framing)
    schema.characteristics = characteristics
    schema.kept = output?.keptFields.map(\.path) ?? []
    schema.readsModels = output?.keepsModels ?? false
    framing.columns = schema.columns
  }

  /// Where copies of streams go when nothing is written beside them: `TMPDIR`, or `/tmp`.
  static var temporaryFolder: String { FileManager.default.temporaryDirectory.path }

  /// How many bytes of memory the text may take to be kept between the passes, of those there are.
  func keptBytes(of available: Int) -> Int {
    files.contains { $0.isSlowToDecompress } ? available : 0
  }

  /// The size of all files together; 0 where it is not known.
  var byteCount: Int { files.reduce(0) { $0 + ($1.byteCount ?? 0) } }
}
