internal import Glibc
internal import Hashing
internal import Records

/// A file to read, found but not opened yet.
package struct InputFile: Sendable {
  /// Where the file is.
  package let path: String
  /// The file as it was named by the user, or `<stdin>`.
  package let displayName: String
  /// The size on disk in bytes; nil for a pipe, whose end is unknown.
  package let byteCount: Int?
  /// Whether the bytes can be had only once, so that two passes need a copy of them.
  package let isStream: Bool
  /// Whether the file may be without rows: it was found among others and not named by itself.
  package private(set) var mayBeEmpty = false
  /// The columns that the names of folders give to every row, as a JSON object; nil for none.
  package private(set) var partition: [UInt8]?
  /// The copy of a stream.
  private let copy: OpenFile?

  /// Describes a file or, if `isStream`, a pipe.
  package init(path: String, displayName: String, byteCount: Int?, isStream: Bool = false) {
    self.init(
      path: path, displayName: displayName, byteCount: byteCount, isStream: isStream, copy: nil)
  }

  /// Describes a file that was found before, as the properties of these names tell of it.
  package init(
    path: String, displayName: String, byteCount: Int?, mayBeEmpty: Bool, partition: [UInt8]?
  ) {
    self.init(path: path, displayName: displayName, byteCount: byteCount)
    self.mayBeEmpty = mayBeEmpty
    self.partition = partition
  }

  private init(
    path: String, displayName: String, byteCount: Int?, isStream: Bool, copy: OpenFile?
  ) {
    self.path = path
    self.displayName = displayName
    self.byteCount = byteCount
    self.isStream = isStream
    self.copy = copy
  }

  /// Whether decompressing takes so long that it is better done once, as far as the name tells.
  ///
  /// xz and bzip2 give 100 MB and less a second. The others give more than new memory does in a
  /// virtual machine whose host has to find it (docs/performance.md).
  package var isSlowToDecompress: Bool {
    DataFileName.announcedLayers(path).contains {
      $0 == .compressed(.xz) || $0 == .compressed(.bzip2)
    }
  }

  /// The same file, which may be without rows.
  var allowedToBeEmpty: InputFile {
    var file = self
    file.mayBeEmpty = true
    return file
  }

  /// The same file, whose rows have columns that its path names.
  func with(_ partition: [UInt8]?) -> InputFile {
    var file = self
    file.partition = partition
    return file
  }

  /// Standard input.
  package static let standardInput = InputFile(
    path: "/dev/stdin", displayName: "<stdin>", byteCount: nil, isStream: true)

  /// Opens the file, or shares the copy that was made of a stream.
  func open() throws(IngestError) -> OpenFile {
    if let copy { return copy }
    guard !isStream else {
      preconditionFailure("a stream is read through spooled(into:)")
    }
    return try OpenFile(path: path, displayName: displayName)
  }

  /// Copies a stream into a nameless file, so that it can be read more than once.
  ///
  /// The bytes are copied as they are, compressed if they came so. The file has no name from the
  /// start: its space is given back when the last `InputFile` of it goes, however the process ends.
  ///
  /// - Parameter directory: Where the bytes go; it must have room for all of them.
  /// - Returns: A file that can be read any number of times; `self` if this one already can.
  /// - Throws: ``IngestError/Code/unreadable`` if reading or writing fails, and what is reported of a
  ///   stream that is not the expected one.
  package func spooled(
    into directory: String, expecting expected: ExpectedStream? = nil,
    progress: (Int) -> Void = { _ in }
  ) throws(IngestError) -> InputFile {
    guard isStream else { return self }
    let input: Int32 =
      displayName == Self.standardInput.displayName ? dup(0) : Glibc.open(path, O_RDONLY)
    guard input >= 0 else {
      throw SystemError.error("cannot open this stream", number: errno, file: displayName)
    }
    defer { close(input) }
    let output = try Self.namelessFile(in: directory)
    let copy = OpenFile(adopting: output, displayName: displayName)
    let byteCount = try copyBytes(
      from: input, to: output, in: directory, expecting: expected, progress: progress)
    return InputFile(
      path: path, displayName: displayName, byteCount: byteCount, isStream: false, copy: copy
    ).with(partition)
  }

  private static func namelessFile(in directory: String) throws(IngestError) -> Int32 {
    var template = Array("\(directory)/dpo-prep-input-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else {
      throw SystemError.error("cannot make a temporary file here", number: errno, file: directory)
    }
    unlink(template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return descriptor
  }

  private func copyBytes(
    from input: Int32, to output: Int32, in directory: String, expecting expected: ExpectedStream?,
    progress: (Int) -> Void
  ) throws(IngestError) -> Int {
    var digest = SHA256()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    var total = 0
    while true {
      let count = Glibc.read(input, buffer.baseAddress, buffer.count)
      if count == 0 {
        try expected?.check(byteCount: total, digest: digest.finish(), of: displayName)
        return total
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw SystemError.error("cannot read this stream", number: errno, file: displayName)
      }
      if expected != nil {
        digest.update(
          UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count]).bytes)
      }
      var written = 0
      while written < count {
        let step = Glibc.write(output, buffer.baseAddress.map { $0 + written }, count - written)
        if step < 0 {
          if errno == EINTR { continue }
          throw SystemError.error(
            "cannot copy \(displayName) into this folder", number: errno, file: directory)
        }
        written += step
      }
      total += count
      progress(total)
    }
  }
}
