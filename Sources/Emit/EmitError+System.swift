internal import Glibc

extension EmitError {
  /// The failure of a system call, in words and with a remedy.
  ///
  /// - Parameters:
  ///   - action: what was tried, such as `write`.
  ///   - file: where, as the user knows it.
  ///   - setting: the setting that says where; nil where it is an option, or a part of either.
  ///   - number: the value of `errno`.
  static func system(
    _ code: Code, _ action: String, file: String, setting: String? = nil, errno number: Int32
  ) -> Self {
    let reason = String(cString: strerror(number)).lowercased()
    let hint: String? =
      switch number {
      case ENOSPC, EDQUOT:
        "free some space, or " + (setting.map { "set \($0) to" } ?? "write to") + " another disk"
      case EACCES, EPERM, EROFS: "name a path in a folder that you may write to"
      case ENOENT: "the folder above it is not there; make it, or name another path"
      case ENOTDIR, EEXIST: "a part of the path is a file; name another path"
      case EFBIG:
        "the file would exceed the allowed size; raise ulimit -f"
      default: nil
      }
    return EmitError(code, "cannot \(action): \(reason)", at: file, hint: hint)
  }
}
