internal import Clean
internal import Hashing
internal import Ingest
internal import JSON
internal import Records
internal import Rows
internal import Text
internal import Tokenizer

/// The first pass over a chunk: rows become numbers.
///
/// One measurer serves one thread.
final class RowMeasurer {
  private let options: MeasureOptions
  private let stopsAtFault: Bool
  private let keeps: Bool
  /// The readers of the layouts, made when the first row of one comes.
  private var readers: [Int: RowReader] = [:]
  private var prompt = PromptBytes()
  private var text = ScratchText()
  private var tokens: TokenMeasurer?
  private let screen: PromptScreen?
  private var words = WordReader()

  /// - Parameters:
  ///   - stopsAtFault: whether the rows after a malformed one are of no use.
  ///   - keeps: whether chunks go along with what was measured of them.
  init(options: MeasureOptions, stopsAtFault: Bool, keeps: Bool = false) {
    self.options = options
    self.stopsAtFault = stopsAtFault
    self.keeps = keeps
    tokens = options.tokenizer.map { TokenMeasurer($0, options) }
    screen = PromptScreen(options.promptFilters)
  }

  /// Measures every row of a chunk of a file.
  func measure(_ chunk: Chunk, file: Int) -> Measurements {
    let layout = options.schemas.number(ofFile: file)
    let schema = options.schemas.distinct[layout]
    var reader =
      readers.removeValue(forKey: layout)
      ?? RowReader(schema: schema, advice: options.advice, obstacle: options.obstacle)
    defer { readers[layout] = reader }
    var result = Measurements(
      characteristicCount: schema.characteristics.count, passThroughCount: schema.passThrough.count,
      rewardModelCount: schema.rewards.count)
    if keeps { result.texts = ResidentChunk(chunk) }
    reader.forgetNoticed()
    chunk.forEachRow { source, range in
      do throws(RowFault) {
        try measure(source, range, beside: chunk.partition, by: &reader, into: &result)
        return true
      } catch {
        result.rejects.append(
          RejectedRow(
            location: chunk.location(ofByte: error.offset), code: error.code,
            message: error.message, hint: error.hint,
            bytes: source.copy(range),
            byteCount: range.count))
        return !stopsAtFault
      }
    }
    result.observations.otherFields = reader.otherFields
    result.observations.optionalFields = reader.optionalFields
    return result
  }

  private func measure(
    _ source: PaddedBytes, _ range: Range<Int>, beside partition: Range<Int>?,
    by reader: inout RowReader, into result: inout Measurements
  ) throws(RowFault) {
    try reader.read(source, from: range.lowerBound, to: range.upperBound, beside: partition)
    try reader.prompt(in: source, from: range.lowerBound, to: range.upperBound, into: &prompt)
    try tokens?.count(reader, prompt, in: source, at: range.lowerBound)
    var draws =
      options.draw?(prompt.shownID, prompt.splitKey) ?? PromptDraws(isTest: false, random: 0)
    if let isTest = reader.isTest { draws.isTest = isTest }
    var origin: [UInt8]?
    if let field = options.sourceField, case .text(let name) = prompt.passThrough[field] {
      origin = name
    }
    result.rows.append(
      Measurements.RowEntry(
        place: result.rows.count + result.rejects.count, key: prompt.key,
        promptFingerprint: prompt.fingerprint, draws: draws,
        candidateCount: reader.candidates.count, isEmpty: prompt.isEmpty, source: origin,
        verdict: screen?.verdict(on: prompt) ?? PromptVerdict()))
    if let conversation = reader.conversation {
      result.observations.include(conversation)
      for index in reader.candidates.indices {
        measure(conversation.answers[index], number: index, of: reader, into: &result)
      }
    } else {
      for index in reader.candidates.indices {
        measure(candidate: index, of: reader, source, into: &result)
      }
    }
    result.observations.doubtfulScores += reader.doubtfulScores
    for (index, value) in prompt.passThrough.enumerated() {
      result.observations.passThroughKinds[index].insert(PassThroughKinds(value))
    }
    if reader.schema.readsModels {
      for index in reader.candidates.indices {
        result.models.append(reader.model(ofCandidate: index, in: source))
      }
    }
    result.texts?.append(reader, at: range)
  }

  /// Measures an answer that is a text, or null.
  private func measure(
    candidate index: Int, of reader: borrowing RowReader, _ source: PaddedBytes,
    into result: inout Measurements
  ) {
    let slice = reader.candidates[index].response
    guard slice.isString else {
      return measure(
        Span(), .nothing, isNull: true, number: index, of: reader, into: &result)
    }
    JSONString.withContent(of: slice, in: source, using: &text) { text, measures in
      measure(text, measures, isNull: false, number: index, of: reader, into: &result)
    }
  }

  private func measure(
    _ text: Span<UInt8>, _ measures: JSONString.Measures, isNull: Bool, number: Int,
    of reader: borrowing RowReader, into result: inout Measurements
  ) {
    if AnswerMeasure.beginsWithThinking(text) { result.observations.thinkingAnswers += 1 }
    var (measured, chars) = (text, measures.codePoints)
    if options.thinking == .exclude {
      measured = text.extracting(AnswerMeasure.startAfterThinking(text)..<text.count)
      chars = CodePoints.count(measured)
    }
    append(
      measured, chars: chars, isNull: isNull, number: number, of: reader,
      fingerprint: Fingerprint.of(text.bytes), hasLoneSurrogate: measures.hasLoneSurrogate,
      into: &result)
  }

  /// Measures an answer of a row that was read as values.
  private func measure(
    _ answer: Answer?, number: Int, of reader: borrowing RowReader,
    into result: inout Measurements
  ) {
    let messages = answer?.messages ?? []
    let (text, hasThinking) = AnswerMeasure.text(of: messages, options.thinking)
    if hasThinking { result.observations.thinkingAnswers += 1 }
    let saysMore = messages.contains { $0.callsTools || $0.hasMedia }
    let identity = answer?.identity ?? []
    append(
      text.span, chars: CodePoints.count(text.span), isNull: answer == nil, saysMore: saysMore,
      number: number, of: reader, fingerprint: Fingerprint.of(identity.span.bytes),
      hasLoneSurrogate: false, into: &result)
  }

  private func isRefusal(_ text: Span<UInt8>, _ phrases: PhraseList) -> Bool {
    var fingerprints: [UInt64] = []
    words.append(text, to: &fingerprints)
    return phrases.occur(in: fingerprints)
  }

  /// Notes what is measured of a candidate, and why it is dropped if it is.
  ///
  /// - Parameters:
  ///   - text: What is measured of the answer.
  ///   - saysMore: Whether there is something beside the text, such as the call of a tool.
  private func append(
    _ text: Span<UInt8>, chars: Int, isNull: Bool, saysMore: Bool = false,
    number: Int, of reader: borrowing RowReader, fingerprint: UInt64, hasLoneSurrogate: Bool,
    into result: inout Measurements
  ) {
    var isFinite = true
    var field = 0
    for (column, characteristic) in reader.schema.characteristics.enumerated() {
      let length: Double
      if case .chars = characteristic {
        // Lone surrogates, which have no bytes of their own, are among these.
        length = Double(chars)
      } else if let value = characteristic.value(of: text) {
        length = value
      } else if case .tokens = characteristic {
        length = (tokens?.answers[number]).map(Double.init) ?? .nan
      } else {
        length = reader.carried[field][number]
        field += 1
      }
      isFinite = isFinite && length.isFinite
      result.measures[column].append(length)
    }

    let reward = reader.candidates[number].reward
    var finiteCount = 0
    for (model, rewards) in reader.modelRewards.enumerated() {
      result.modelRewards[model].append(rewards[number])
      if rewards[number].isFinite { finiteCount += 1 }
    }
    let drop: CandidateDrop? =
      if isNull {
        .missingResponse
      } else if finiteCount < reader.modelRewards.count, finiteCount > 0 {
        .incompleteRewards
      } else if !reward.isFinite {
        .nonFiniteReward
      } else if !isFinite {
        .nonFiniteLength
      } else if chars < options.minChars, !saysMore {
        .tooShort
      } else if let maximum = options.maxChars, chars > maximum {
        .tooLong
      } else if let excess = tokens?.excess(ofAnswer: number) {
        excess
      } else if !saysMore, Words.isBlank(text) {
        .emptyResponse
      } else if let refusals = options.refusals, isRefusal(text, refusals) {
        .refusal
      } else if prompt.isEmpty {
        .emptyPrompt
      } else {
        nil
      }
    result.candidates.append(
      Measurements.CandidateEntry(
        reward: reward, textFingerprint: fingerprint, drop: drop,
        hasLoneSurrogate: hasLoneSurrogate))
  }
}

extension Observations {
  /// Takes in the messages of a row.
  fileprivate mutating func include(_ row: ConversationRow) {
    for message in row.messages { types.include(message) }
    for answer in row.answers { if let answer { types.include(answer) } }
    if !row.context.isEmpty { types.include(context: row.context) }
  }
}
