internal import Ingest
package import Records

/// An external ranking of models, such as Chatbot Arena's.
package struct Ranking: Sendable {
  package let name: String
  /// By model.
  let values: [String: Double]

  /// Reads a column of a CSV file whose column `model` names the models, else its first, which in
  /// AlpacaEval's leaderboards has no name.
  package init(name: String, path: String, column: String) throws {
    let bytes: [UInt8]
    do throws(IngestError) {
      bytes = try WholeFile.bytes(of: path)
    } catch {
      throw UnreadableRanking(
        category: error.code == .missingInput ? .inputMissing : .inputOutput,
        path: path, message: "the ranking cannot be read",
        hint: "after --ranking stands NAME=FILE:COLUMN")
    }
    // Spreadsheets begin UTF-8 with a byte order mark, which does not belong to the first name.
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = String(decoding: bytes.dropFirst(bytes.starts(with: mark) ? 3 : 0), as: UTF8.self)
    let rows = CommaSeparated.rows(of: text)
    guard let header = rows.first, let place = header.firstIndex(of: column) else {
      throw UnreadableRanking(
        category: .badData, path: path, message: "no column \"\(column)\"",
        hint: "the columns are "
          + (rows.first ?? []).filter { !$0.isEmpty }.joined(separator: ", "))
    }
    let models = header.firstIndex { $0.lowercased() == "model" } ?? 0
    self.name = name
    values = Dictionary(
      rows.dropFirst().compactMap { row in
        guard row.indices.contains(place), row.indices.contains(models),
          let value = Double(Self.withoutMargins(row[place])), value.isFinite
        else { return nil }
        return (row[models], value)
      }, uniquingKeysWith: { first, _ in first })
  }

  /// A cell without the spaces and tabs around it.
  private static func withoutMargins(_ cell: String) -> String {
    func isSpace(_ scalar: Unicode.Scalar) -> Bool {
      scalar == "\t" || scalar.properties.generalCategory == .spaceSeparator
    }
    let scalars = cell.unicodeScalars.drop(while: isSpace)
    guard let end = scalars.lastIndex(where: { !isSpace($0) }) else { return "" }
    return String(scalars[...end])
  }
}

/// A ranking that cannot be used.
package struct UnreadableRanking: ReportableError {
  package let category: FailureCategory
  let path: String
  let message: String
  let hint: String?

  package var diagnostic: Diagnostic {
    Diagnostic(.error, message, at: SourceLocation(file: path), hint: hint)
  }
}
