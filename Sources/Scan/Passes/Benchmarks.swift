package import Clean
package import Ingest
internal import JSON
internal import Records
internal import Rows

/// The texts of benchmarks, ready to be looked for in prompts.
package struct Benchmarks: Sendable {
  /// Each file is a group of its own.
  package private(set) var index: BenchmarkIndex
  /// What was read of each file.
  private var inputs: [InputReport]
  /// For each file the number of its first text.
  private var firstTexts: [Int] = []
  /// For each file the texts that are too short to be looked for.
  private var shortCounts: [Int]
  /// For each text the line of its row and the number of its words.
  private var places: [(line: UInt32, words: UInt32)] = []

  /// What a word takes in the index at most.
  private static let byteCountPerWord = 64

  /// What was found of a row on a thread.
  private struct Found: Sendable {
    var file: Int
    var rowCount = 0
    var texts: [(line: Int, words: [UInt64])] = []
    var shortCount = 0
    var fault: IngestError?
  }

  /// Reads files in any format that input can have.
  ///
  /// - Parameters:
  ///   - fields: Dotted paths of the texts that are looked for, short ones as a whole; without any,
  ///     all texts of a row that have as many words as an n-gram.
  ///   - index: Without texts still.
  ///   - memory: Bytes that the index may take.
  /// - Throws: ``IngestError`` for the first malformed row, for a file without a text to look for, or
  ///   for more texts than there is memory for.
  package init(
    _ files: [InputFile], fields: [String], into index: BenchmarkIndex, memory: Int,
    framing: FramingOptions, threads: Int, checkpoint: () throws -> Void
  ) throws {
    self.index = index
    inputs = []
    shortCounts = Array(repeating: 0, count: files.count)
    var rowCounts = shortCounts
    var wordCount = 0
    let size = index.ngramSize
    let summaries = try TreePass(framing: framing, threads: threads).run(
      files, isDigesting: true,
      summarize: { Self.found(in: $0, fields: fields, ngramSize: size) },
      consume: { found in
        try checkpoint()
        if let fault = found.fault { throw fault }
        rowCounts[found.file] += found.rowCount
        shortCounts[found.file] += found.shortCount
        while firstTexts.count <= found.file { firstTexts.append(places.count) }
        for (line, words) in found.texts {
          wordCount += words.count
          places.append((UInt32(clamping: line), UInt32(clamping: words.count)))
          self.index.append(words, group: found.file)
        }
        guard wordCount <= memory / Self.byteCountPerWord else {
          throw IngestError(
            .tooManyCandidates,
            "more than \(memory / Self.byteCountPerWord) words of benchmarks, for which there is "
              + "memory", at: SourceLocation(file: files[found.file].displayName),
            hint: "is this the right file? Name the fields with filters.contaminated.fields, or "
              + "raise run.memory")
        }
      })
    while firstTexts.count <= files.count { firstTexts.append(places.count) }
    for (number, file) in files.enumerated() where firstTexts[number] == firstTexts[number + 1] {
      throw IngestError(
        .empty,
        fields.isEmpty
          ? "no text of this benchmark has \(size) words"
          : "no row of this benchmark has a text in \(fields.joined(separator: ", "))",
        at: SourceLocation(file: file.displayName),
        hint: fields.isEmpty
          ? "name its texts with filters.contaminated.fields, or lower filters.contaminated.ngram"
          : "correct filters.contaminated.fields")
    }
    self.index.seal()
    inputs = zip(files, zip(summaries, rowCounts)).map { file, read in
      InputReport(name: file.displayName, read.0, rows: read.1)
    }
  }

  private static func found(
    in batch: TreePass.Batch, fields: [String], ngramSize: Int
  ) -> Found {
    var found = Found(file: batch.file)
    var reader = WordReader()
    for row in batch.rows {
      guard let tree = row.tree else {
        found.fault = row.fault
        break
      }
      found.rowCount += 1
      let texts =
        fields.isEmpty
        ? tree.texts : fields.flatMap { tree.value(at: $0)?.texts ?? [] }
      for text in texts {
        var words: [UInt64] = []
        reader.append(text.span, to: &words)
        if words.isEmpty || fields.isEmpty && words.count < ngramSize {
          found.shortCount += 1
        } else {
          found.texts.append((row.line, words))
        }
      }
    }
    return found
  }

  /// What prompts have of each benchmark.
  ///
  /// - Parameter matches: of each prompt that is dropped for them.
  func reports(of matches: some Sequence<BenchmarkMatch>) -> [BenchmarkReport] {
    var reports = inputs.indices.map { file in
      BenchmarkReport(
        input: inputs[file], textCount: firstTexts[file + 1] - firstTexts[file],
        shortTextCount: shortCounts[file])
    }
    var rows: [[UInt32: BenchmarkReport.Row]] = inputs.map { _ in [:] }
    for match in matches {
      let text = Int(match.text)
      guard let file = firstTexts.lastIndex(where: { $0 <= text }), file < reports.count else {
        continue
      }
      let (line, words) = places[text]
      let share = Double(match.words) / Double(words)
      reports[file].promptCount += 1
      rows[file][line, default: .init(line: Int(line))].add(share: share)
    }
    for file in reports.indices {
      reports[file].rows = rows[file].values.sorted { $0.line < $1.line }
    }
    return reports
  }
}

extension JSONValue {
  /// The texts that are in a value, in their order.
  fileprivate var texts: [[UInt8]] {
    switch self {
    case .string(let text): [text]
    case .list(let elements): elements.flatMap(\.texts)
    case .object(let members): members.flatMap(\.value.texts)
    default: []
    }
  }
}
