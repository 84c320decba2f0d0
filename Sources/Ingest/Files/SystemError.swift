internal import Glibc
internal import Records

/// Turns `errno` into errors a user can act on; the only place that does so.
enum SystemError {
  /// The error for a failed call on a file.
  ///
  /// - Parameters:
  ///   - action: What was tried, as in "cannot open this file".
  ///   - number: The value of `errno`.
  ///   - name: The file as the user knows it.
  static func error(_ action: String, number: Int32, file name: String) -> IngestError {
    if number == EISDIR {
      return IngestError(
        .unreadable, "expected a file, found a folder", at: SourceLocation(file: name),
        hint: "name a file in it")
    }
    let reason = String(cString: strerror(number))
    return IngestError(
      number == ENOENT || number == ENOTDIR ? .missingInput : .unreadable,
      "\(action): \(reason)", at: SourceLocation(file: name), hint: hint(for: number))
  }

  private static func hint(for number: Int32) -> String? {
    switch number {
    case EACCES, EPERM: "check its permissions and those of the folders above it with `ls -l`"
    case EMFILE, ENFILE: "too many files are open; raise the limit with `ulimit -n`"
    case ENOSPC: "free some space or choose another temporary folder"
    case EIO: "the disk or network share failed; copy the file elsewhere and try again"
    default: nil
    }
  }
}
