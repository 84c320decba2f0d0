internal import Hashing
internal import Records

/// The first pass over a chunk: rows become numbers.
///
/// One measurer serves one thread.
final class RowMeasurer {
  private let options: MeasureOptions
  private let stopsAtFault: Bool
  private let allowance: MemoryAllowance?
  private var reader: RowReader
  private var prompt = PromptBytes()
  private var text = ScratchText()

  /// - Parameters:
  ///   - stopsAtFault: whether the rows after a malformed one matter to nobody.
  ///   - allowance: the memory for chunks that are to be kept; nil to keep none.
  init(options: MeasureOptions, stopsAtFault: Bool, keeping allowance: MemoryAllowance? = nil) {
    self.options = options
    self.stopsAtFault = stopsAtFault
    self.allowance = allowance
    reader = RowReader(schema: options.schema)
  }

  /// Measures every row of a chunk.
  func measure(_ chunk: Chunk) -> Measurements {
    var result = Measurements(
      characteristicCount: options.schema.characteristics.count,
      keptCount: options.schema.kept.count)
    if allowance != nil { result.texts = KeptChunk(chunk) }
    chunk.forEachRow { base, range in
      do throws(RowFault) {
        try measure(base, range, into: &result)
        return true
      } catch {
        result.rejects.append(
          RejectedRow(
            location: chunk.location(ofByte: error.offset), code: error.code.rawValue,
            message: error.message, hint: error.hint,
            bytes: Array(UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)),
            byteCount: range.count))
        return !stopsAtFault
      }
    }
    if let kept = result.texts?.byteCount, allowance?.take(kept) == false { result.texts = nil }
    return result
  }

  private func measure(
    _ base: UnsafePointer<UInt8>, _ range: Range<Int>, into result: inout Measurements
  ) throws(RowFault) {
    try reader.read(base, from: range.lowerBound, to: range.upperBound)
    try reader.prompt(in: base, from: range.lowerBound, to: range.upperBound, into: &prompt)
    let draws = options.draw?(prompt.shownID) ?? PromptDraws(isTest: false, random: 0)
    result.rows.append(
      Measurements.RowEntry(
        key: prompt.key, promptFingerprint: prompt.fingerprint, draws: draws,
        candidateCount: reader.candidates.count))
    for index in reader.candidates.indices { measure(candidate: index, base, into: &result) }
    for (index, value) in prompt.kept.enumerated() {
      result.keptKinds[index].insert(KeptKinds(value))
    }
    if options.schema.readsModels {
      for index in reader.candidates.indices {
        result.models.append(reader.model(ofCandidate: index, in: base))
      }
    }
    result.texts?.append(reader, at: range.lowerBound)
  }

  private func measure(
    candidate index: Int, _ base: UnsafePointer<UInt8>, into result: inout Measurements
  ) {
    let candidate = reader.candidates[index]
    let value = candidate.response
    let content =
      value.isString
      ? JSONString.content(of: value, in: base, using: &text)
      : JSONString.Content(
        bytes: UnsafeBufferPointer(start: nil, count: 0), codePoints: 0, hasLoneSurrogate: false)
    let (bytes, chars) = (content.bytes, content.codePoints)
    var isFinite = true
    var field = 0
    for (column, characteristic) in options.schema.characteristics.enumerated() {
      let length: Double
      if case .chars = characteristic {
        // Lone surrogates, which have no bytes of their own, are among these.
        length = Double(chars)
      } else if let value = characteristic.value(of: bytes) {
        length = value
      } else {
        length = reader.carried[field][index]
        field += 1
      }
      isFinite = isFinite && length.isFinite
      result.lengths[column].append(length)
    }

    let drop: CandidateDrop? =
      if value.kind == .null {
        .missingResponse
      } else if !candidate.reward.isFinite {
        .nonFiniteReward
      } else if !isFinite {
        .nonFiniteLength
      } else if chars < options.minChars {
        .tooShort
      } else if let maximum = options.maxChars, chars > maximum {
        .tooLong
      } else {
        nil
      }
    result.candidates.append(
      Measurements.CandidateEntry(
        reward: candidate.reward, textFingerprint: Fingerprint.of(UnsafeRawBufferPointer(bytes)),
        drop: drop, hasLoneSurrogate: content.hasLoneSurrogate))
  }
}
