internal import Glibc

extension EmitError {
  /// The failure of a system call, in words and with a remedy.
  ///
  /// - Parameters:
  ///   - action: what was tried, such as `write`.
  ///   - number: the value of `errno`.
  static func system(_ code: Code, _ action: String, file: String, errno number: Int32) -> Self {
    let reason = String(cString: strerror(number)).lowercased()
    let hint: String? =
      switch number {
      case ENOSPC, EDQUOT: "free some space, or set output.dir or run.tmp_dir to another disk"
      case EACCES, EPERM, EROFS: "name a path in a folder that you may write to"
      case ENOENT: "the folder above it is not there; make it, or name another path"
      case ENOTDIR, EEXIST: "a part of the path is a file; name another path"
      case EFBIG:
        "the file would exceed the allowed size; set output.shard_rows lower, or raise ulimit -f"
      default: nil
      }
    return EmitError(code, "cannot \(action): \(reason)", at: file, hint: hint)
  }
}
