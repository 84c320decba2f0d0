internal import CLinux
internal import Glibc
internal import Records

/// The program `rsvg-convert` of librsvg, which makes other files of SVG.
package struct SVGConverter: Sendable {
  /// What is made of an SVG.
  package enum Format: String, CaseIterable, Sendable {
    /// With the fonts inside.
    case pdf
    /// Three pixels a unit of the drawing, some 300 to the inch in a column of a paper.
    case png

    /// What its files begin with.
    fileprivate var signature: [UInt8] {
      switch self {
      case .pdf: Array("%PDF-".utf8)
      case .png: [0x89] + Array("PNG".utf8)
      }
    }

    fileprivate var arguments: [String] {
      switch self {
      case .pdf: ["--format", "pdf"]
      case .png: ["--format", "png", "--zoom", "3"]
      }
    }
  }

  private static let name = "rsvg-convert"

  private let program: String
  private let format: Format

  /// What its files end with.
  package var suffix: String { format.rawValue }

  /// - Throws: where the program is not installed.
  package init(to format: Format) throws(EmitError) {
    let folders = getenv("PATH").map { String(cString: $0) } ?? ""
    let places = folders.split(separator: ":").map { "\($0)/\(Self.name)" }
    guard let program = places.first(where: { access($0, X_OK) == 0 }) else {
      throw EmitError(
        .cannotCreate, "figures as \(format.rawValue) are made by a program that is not installed",
        at: Self.name,
        hint:
          "install librsvg2-bin (Debian, Ubuntu) or librsvg (Fedora, Homebrew, conda-forge), or "
          + "leave the figures SVG")
    }
    (self.program, self.format) = (program, format)
  }

  /// What the program makes of an SVG.
  ///
  /// - Parameter checkpoint: Throws where the program is not to be waited for any more.
  package func convert(_ svg: [UInt8], checkpoint: () throws -> Void) throws -> [UInt8] {
    // Files in memory, as a pipe whose reader ends early would end this program.
    let (input, output) = (memory_file("figure"), memory_file("figure"))
    defer {
      close(input)
      close(output)
    }
    guard input >= 0, output >= 0, Self.write(svg, to: input) else { throw failure("use", errno) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    var arguments = ([program] + format.arguments).map { strdup($0) } + [nil]
    defer { arguments.forEach { free($0) } }
    var process: pid_t = 0
    let error = posix_spawn(&process, program, &actions, nil, &arguments, environ)
    guard error == 0 else { throw failure("start", error) }
    var status: Int32 = 0
    while waitpid(process, &status, WNOHANG) == 0 {
      usleep(2_000)
      do {
        try checkpoint()
      } catch {
        kill(process, SIGKILL)
        waitpid(process, &status, 0)
        throw error
      }
    }
    let made = Self.contents(of: output)
    guard status == 0, made.starts(with: format.signature) else {
      throw EmitError(
        .writeFailed, "the program could not make \(format.rawValue) of a figure", at: program,
        hint: "try it on a figure as SVG")
    }
    return made
  }

  private func failure(_ action: String, _ code: Int32) -> EmitError {
    .system(.writeFailed, action, file: program, errno: code)
  }

  /// Writes a file and goes back to its beginning.
  private static func write(_ bytes: [UInt8], to file: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      guard count > 0 || errno == EINTR else { return false }
      rest = rest.dropFirst(max(0, count))
    }
    return lseek(file, 0, SEEK_SET) == 0
  }

  private static func contents(of file: Int32) -> [UInt8] {
    let size = max(0, Int(lseek(file, 0, SEEK_END)))
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let rest = UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
        let read = pread(file, rest.baseAddress, rest.count, off_t(count))
        guard read > 0 || (read < 0 && errno == EINTR) else { break }
        count += max(0, read)
      }
    }
  }
}
