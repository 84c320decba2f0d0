/// A place in an input file.
package struct SourceLocation: Hashable, Sendable {
  /// The file as the user named it; a member of an archive is `archive.tar!member`.
  package var file: String
  /// The line in the decompressed text, from 1; nil where the whole file is meant.
  package var line: Int?
  /// The column in bytes, from 1; nil where the whole line is meant.
  package var column: Int?

  /// Names a place in a file.
  package init(file: String, line: Int? = nil, column: Int? = nil) {
    self.file = file
    self.line = line
    self.column = column
  }
}

extension SourceLocation: CustomStringConvertible {
  /// `file:line:column`, as compilers write it.
  package var description: String {
    var text = file
    if let line { text += ":\(line)" }
    if line != nil, let column { text += ":\(column)" }
    return text
  }
}
