/// Why a Parquet file cannot be read.
package struct ParquetError: Error, Equatable, Sendable {
  package enum Code: String, Sendable {
    /// The bytes contradict the format or each other.
    case damaged
    /// The file is well formed, but uses what is not read here.
    case unsupported
    /// Something is larger than memory should be given for.
    case tooLarge
    /// Something is larger than rows of the length that is allowed can be.
    case beyondRowLimit
    /// The operating system did not give the bytes.
    case unreadable
  }

  package var code: Code
  package var message: String
  /// The column in dotted notation, where it is one column's fault.
  package var column: String?

  package init(_ code: Code, _ message: String, column: String? = nil) {
    self.code = code
    self.message = message
    self.column = column
  }

  package static func damaged(_ message: String, column: String? = nil) -> ParquetError {
    ParquetError(.damaged, message, column: column)
  }

  package static func unsupported(_ message: String, column: String? = nil) -> ParquetError {
    ParquetError(.unsupported, message, column: column)
  }

  /// The same, said of a column.
  package func of(column: String) -> ParquetError {
    ParquetError(code, message, column: self.column ?? column)
  }
}
