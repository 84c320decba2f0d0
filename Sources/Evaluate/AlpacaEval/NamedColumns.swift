internal import Ingest
package import Records

/// A CSV file with a header.
struct NamedColumns {
  private let path: String
  private let header: [String]
  private let rows: [[String]]

  /// - Parameter role: What the file is in messages.
  init(path: String, role: String, hint: String? = nil) throws {
    let bytes: [UInt8]
    do throws(IngestError) {
      bytes = try WholeFile.bytes(of: path)
    } catch {
      throw UnreadableTable(
        category: error.code == .missingInput ? .inputMissing : .inputOutput,
        path: path, message: "the \(role) cannot be read", hint: hint)
    }
    // Spreadsheets begin UTF-8 with a byte order mark, which does not belong to the first name.
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = String(decoding: bytes.dropFirst(bytes.starts(with: mark) ? 3 : 0), as: UTF8.self)
    let rows = CommaSeparated.rows(of: text)
    self.path = path
    header = rows.first ?? []
    self.rows = Array(rows.dropFirst())
  }

  var rowCount: Int { rows.count }

  /// The numbers of a column; NaN where a row has none.
  func numbers(_ column: String) throws -> [Double] {
    guard let place = header.firstIndex(of: column) else {
      throw UnreadableTable(
        category: .badData, path: path, message: "no column \"\(column)\"",
        hint: "the columns are " + header.filter { !$0.isEmpty }.joined(separator: ", "))
    }
    return rows.map { row in
      guard row.indices.contains(place) else { return .nan }
      return Double(Self.withoutMargins(row[place])) ?? .nan
    }
  }

  /// The texts of a column in any case, else of the first one.
  func names(_ column: String) -> [String] {
    let place = header.firstIndex { $0.lowercased() == column } ?? 0
    return rows.map { $0.indices.contains(place) ? $0[place] : "" }
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

/// A table that cannot be used.
package struct UnreadableTable: ReportableError {
  package let category: FailureCategory
  let path: String
  let message: String
  let hint: String?

  package var diagnostic: Diagnostic {
    Diagnostic(.error, message, at: SourceLocation(file: path), hint: hint)
  }
}
