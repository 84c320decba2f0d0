package import Emit
internal import Hashing
internal import Ingest
package import JSON
package import Records
package import Scan
internal import Settings
internal import Work

/// What is known once every file of rows is written.
package struct WrittenDataset {
  package var layout: DatasetLayout
  package var tables: [DatasetWriter.Table]
  package var rejects: WrittenFile?
  /// The texts of the pairs that the report shows.
  package var examples: ExampleTexts
  package var timings: [(stage: String, seconds: Double)]
  /// How much of the input's text stayed in memory between the passes.
  package var resident = ResidentInput.Account()

  package init(
    layout: DatasetLayout, tables: [DatasetWriter.Table], rejects: WrittenFile?,
    examples: ExampleTexts, timings: [(stage: String, seconds: Double)]
  ) {
    self.layout = layout
    self.tables = tables
    self.rejects = rejects
    self.examples = examples
    self.timings = timings
  }
}

/// Draws the documents that go with a dataset: who writes them knows how they look.
package protocol DatasetDocuments {
  /// The dataset card and the report.
  func files(_ dataset: WrittenDataset) throws -> [(name: String, bytes: [UInt8])]
  /// The manifest, which tells of all files but itself.
  func manifest(_ dataset: WrittenDataset, _ files: [Manifest.File]) throws -> [UInt8]
  /// Whether a manifest tells of this dataset, made in whatever time.
  func isManifest(_ manifest: JSONValue, of dataset: WrittenDataset) -> Bool
}

extension DatasetFolder {
  /// Writes everything that stands beside the files of rows, the manifest last.
  package func write(
    _ documents: some DatasetDocuments, of dataset: WrittenDataset, curve: [UInt8]
  ) throws {
    var files = [try write(curve, to: "curve.json")]
    files += try writeSideFiles(of: dataset.layout)
    for (name, bytes) in try documents.files(dataset) {
      files.append(try write(bytes, to: name))
    }
    try write(try documents.manifest(dataset, files), to: Manifest.name)
  }
}

extension JobWorker {
  /// Publishes the dataset: every file is verified, and the folder gets its name in one step.
  ///
  /// - Parameter documents: makes what draws the documents out of what the plan kept for it.
  /// - Returns: Whether there was something to do.
  @discardableResult
  package func finish<Documents: DatasetDocuments>(
    _ documents: (JSONValue) throws -> Documents
  ) throws -> Bool {
    try perform(.finish) {
      let plan = try required(.plan)
      let layout = try layout(of: plan)
      var shards: [DatasetShard.Written] = []
      for number in layout.outputs.indices {
        let receipt = try required(.assemble(output: number))
        guard let file = receipt["file"].flatMap(WrittenFile.init),
          let loadedByteCount = receipt.integer("loaded_bytes")
        else { throw damaged(folder.outputReceipt(number)) }
        shards.append(DatasetShard.Written(file: file, loadedByteCount: loadedByteCount))
      }
      guard let kept = plan["documents"], let rejects = plan["rejects"] else {
        throw damaged(folder.plan)
      }
      let dataset = WrittenDataset(
        layout: layout, tables: DatasetWriter.Table.tables(of: layout, shards),
        rejects: WrittenFile(rejects), examples: try exampleTexts(layout),
        timings: (plan["timings"]?.members ?? []).map {
          (String(decoding: $0.name, as: UTF8.self), $0.value.number ?? 0)
        })
      let curve = try WholeFile.bytes(of: folder.curve)
      guard plan.text("curve_sha256") == SHA256.digest(of: curve).hexadecimal else {
        throw damaged(folder.curve)
      }
      try publish(dataset, shards.map(\.file), curve, try documents(kept))
      SharedFile.removeAbandoned(below: folder.path)
      try Receipt.write(
        [.init(name: "output", value: .string(configuration.output.dir))],
        to: folder.finished, of: job.digest)
    }
  }

  /// Gives the dataset its place, unless a copy of this task, or this one before it was stopped,
  /// has done so.
  private func publish(
    _ dataset: WrittenDataset, _ files: [WrittenFile], _ curve: [UInt8],
    _ documents: some DatasetDocuments
  ) throws {
    if isPublished(dataset, documents) {
      // It may have been stopped between giving the dataset its name and clearing up.
      DatasetFolder.removeLitter(beside: configuration.output.dir).forEach(printer.report)
      return
    }
    do {
      let target = try DatasetFolder(
        target: configuration.output.dir, overwrites: configuration.output.overwrite)
      do {
        try fill(target, dataset, files, curve, documents)
        try Interruption.checkpoint()
        try target.commit()
      } catch {
        target.discard()
        throw error
      }
    } catch {
      guard isPublished(dataset, documents) else { throw error }
    }
  }

  /// Puts everything into the folder, each file after its bytes were verified.
  private func fill(
    _ target: DatasetFolder, _ dataset: WrittenDataset, _ files: [WrittenFile], _ curve: [UInt8],
    _ documents: some DatasetDocuments
  ) throws {
    if let warning = target.warning { printer.report(warning) }
    try target.refuseInside(job.inputs.map(\.path))
    target.removeLitter().forEach(printer.report)
    let placed =
      files.map { (from: "\(folder.outputs)/\($0.path)", file: $0) }
      + (dataset.rejects.map { [(from: "\(folder.planned)/\($0.path)", file: $0)] } ?? [])
    progress.begin("verifying", total: placed.reduce(0) { $0 + $1.file.byteCount })
    defer { progress.end() }
    var done = 0
    for (path, file) in placed {
      let found = try FileDigest(of: path) {
        done += $0
        progress.update(done)
        try Interruption.checkpoint()
      }
      guard found?.sha256 == file.sha256 else { throw damaged(path) }
      try target.place(path, as: file.path)
    }
    try target.write(documents, of: dataset, curve: curve)
  }

  /// Whether the dataset is where it should be.
  private func isPublished(
    _ dataset: WrittenDataset, _ documents: some DatasetDocuments
  ) -> Bool {
    let path = "\(configuration.output.dir)/\(Manifest.name)"
    guard FileDigest.exists(path), let bytes = try? WholeFile.bytes(of: path),
      let manifest = Manifest(bytes)?.document
    else { return false }
    return documents.isManifest(manifest, of: dataset)
  }

  private func exampleTexts(_ layout: DatasetLayout) throws -> ExampleTexts {
    var examples = ExampleTexts()
    let bucket = PairBuckets(of: layout).all.count
    try texts(in: bucket..<(bucket + 1)) { piece, prompt in
      switch piece {
      case .prompt(let text): examples.keep(text, number: prompt)
      case .answer(let candidate, let answer): examples.keep(answer.text, of: candidate)
      }
    }
    return examples
  }
}
