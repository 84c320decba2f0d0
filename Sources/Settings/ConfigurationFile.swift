internal import Glibc
internal import Records

/// The text of a configuration file as it lies there.
struct ConfigurationFile {
  /// What tells files apart, whatever they are called.
  struct Identity: Hashable {
    let device: UInt
    let node: UInt
  }

  /// What the file is called in messages, and its path unless it is standard input.
  let name: String
  /// A little more than a configuration can have, at most.
  let bytes: [UInt8]
  /// nil for what is not a regular file, such as a pipe, which two readings find different.
  let identity: Identity?

  /// Text that comes from elsewhere.
  init(_ bytes: [UInt8], named name: String) {
    (self.bytes, self.name, identity) = (bytes, name, nil)
  }

  /// Reads a file.
  ///
  /// - Parameter path: `-` is standard input.
  init(path: String) throws(ConfigurationError) {
    let name = path == "-" ? Self.standardInput : path
    let descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(errno, named: name) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.failure(errno, named: name) }
    var bytes: [UInt8] = []
    while bytes.count <= YAMLNode.Limit.byteCount {
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw Self.failure(errno, named: name) }
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    (self.bytes, self.name) = (bytes, name)
    identity =
      status.st_mode & S_IFMT == S_IFREG
      ? Identity(device: UInt(status.st_dev), node: UInt(status.st_ino)) : nil
  }

  /// What standard input is called in messages.
  static let standardInput = "standard input"

  private static func failure(_ code: Int32, named name: String) -> ConfigurationError {
    let place = SourceLocation(file: name)
    switch code {
    case ENOENT, ENOTDIR:
      return ConfigurationError(
        .missingFile,
        Diagnostic(
          .error, "no such configuration file", at: place,
          hint: WorkingFolder.hint(
            PathSpelling.unexpanded(name) ?? "`dpo-prep config init > prep.yaml` makes one",
            forMissing: name)))
    case EISDIR:
      return ConfigurationError(
        .malformedText,
        Diagnostic(
          .error, "expected a configuration file, found a folder", at: place,
          hint: "name the YAML file, or read the folder's data by dpo-prep run \(name) -o DIR"))
    default:
      return ConfigurationError(
        .unreadableFile,
        Diagnostic(
          .error, "cannot be read: \(String(cString: strerror(code)))", at: place))
    }
  }
}
