internal import Records
internal import Rows
internal import Settings
internal import Terminal

/// `config`: settings to read, to check and to start from.
struct ConfigCommand {
  let action: ConfigAction
  let printer: any DiagnosticSink

  func run() throws {
    let output: String
    switch action {
    case .initialize: output = Configuration.template
    case .schema: output = Configuration.schema.jsonText
    case .table: output = Configuration.markdownTable
    case .show(let source):
      output = try source.load().yaml()
    }
    try StandardStream.output.write(
      ShownText(output.hasSuffix("\n") ? output : output + "\n"))
  }
}
