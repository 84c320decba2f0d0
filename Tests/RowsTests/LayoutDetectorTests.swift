import JSON
import Parquet
import Records
import TestSupport
import Testing

@testable import Rows

@Suite struct LayoutDetectorTests {
  private static let lists = RowSchema.Answers.nested(
    responses: "all_generated_responses", rewards: "all_rm_scores")
  private static let flat = RowSchema.Answers.flat(response: "response", reward: "reward")
  private static let objects = RowSchema.Answers.nested(
    responses: "completions.response", rewards: "completions.reward")

  @Test(
    arguments: [
      (#"{"response": "a"}"#, .automatic, flat),
      (#"{"all_generated_responses": []}"#, .automatic, lists),
      (#"{"response": "a", "all_generated_responses": ["a"]}"#, .automatic, lists),
      (#"{"completions": [{"response": "a"}]}"#, .automatic, objects),
      (#"{"completions": [], "response": "a"}"#, .automatic, flat),
      (#"{"completions": 5}"#, .automatic, nil),
      (#"{"text": "a"}"#, .automatic, nil),
      (#"{"text": "a"}"#, .nested, lists),
      (#"{"response": "a"}"#, .nested, lists),
      (#"{"completions": [{"response": "a"}], "response": "a"}"#, .nested, objects),
    ] as [(String, InputFormat, RowSchema.Answers?)])
  func layoutsAreToldByFields(
    row: String, request: InputFormat, layout: RowSchema.Answers?
  ) {
    #expect(Self.match(row, request)?.answers == layout)
  }

  @Test func whatIsNoObjectTellsNothing() {
    for row in ["", "[1]", "{\"response\": \"a\""] {
      withScannable(Array(row.utf8)) { base, count in
        #expect(Row(source: base, start: 0, end: count, advice: .settings).value == nil)
      }
    }
  }

  @Test(
    arguments: [
      (
        #"{"completions": [{"response": "a", "overall_score": 1}], "instruction": "p"}"#,
        .nested(responses: "completions.response", rewards: "completions.overall_score"),
        "instruction"
      ),
      (
        #"{"prompt": "p", "generations": ["a"], "ratings": [1]}"#,
        .nested(responses: "generations", rewards: "ratings"), "prompt"
      ),
      (
        #"{"input": "p", "generations": ["a"], "rating": [1]}"#,
        .nested(responses: "generations", rewards: "rating"), "input"
      ),
      (
        #"{"responses": ["a"], "rewards": [1], "prompt": "p"}"#,
        .nested(responses: "responses", rewards: "rewards"), "prompt"
      ),
      (
        #"{"prompt": "p", "generated_text": "a", "reward": 1}"#,
        .flat(response: "generated_text", reward: "reward"), "prompt"
      ),
      (#"{"prompt": "p", "generations": ["a"]}"#, nil, ""),
      // A pair that calls its better answer the response, and an answer without a reward.
      (
        #"{"query": "p", "response": "a", "rejected_response": "b", "score_chosen": 1, "score_rejected": 0}"#,
        .columns([
          CandidateColumn(response: "response", reward: "score", pattern: "{}_chosen"),
          CandidateColumn(response: "rejected_response", reward: "score", pattern: "{}_rejected"),
        ]), "query"
      ),
      (
        #"{"prompt": "p", "response": "a", "rewrad": 1}"#,
        .flat(response: "response", reward: "reward"), "prompt"
      ),
      // Labels are no scores, but may stand beside them.
      (#"{"prompt": "p", "completion": "a", "label": true}"#, nil, ""),
      (
        #"{"prompt": "p", "completion": "a", "label": true, "score": 1}"#,
        .flat(response: "completion", reward: "score"), "prompt"
      ),
    ] as [(String, RowSchema.Answers?, String)])
  func publishedFormatsAreToldByFields(
    row: String, layout: RowSchema.Answers?, prompt: String
  ) {
    let match = Self.match(row, .automatic)
    #expect(match?.answers == layout)
    #expect((match?.prompt ?? "") == prompt)
  }

  @Test(
    arguments: [
      (#""score_chosen": 1, "score_rejected": 0"#, ["score_chosen", "score_rejected"]),
      (#""chosen-rating": 1, "rejected-rating": 0"#, ["chosen-rating", "rejected-rating"]),
      (#""chosen_reward": 1, "rejected_reward": 0"#, ["chosen_reward", "rejected_reward"]),
      (#""score_chosen": 1"#, []),
    ])
  func scoresOfPairsAreFound(scores: String, names: [String]) {
    let row = #"{"prompt": "p", "chosen": "a", "rejected": "b", \#(scores)}"#
    let match = Self.match(row, .h4)
    var schema = match
    schema?.characteristics = [.field("tokens")]
    #expect((schema?.rewardPaths ?? []) == names)
    #expect((schema?.responsePaths ?? []) == (names.isEmpty ? [] : ["chosen", "rejected"]))
    if names.first == "score_chosen" {
      #expect(schema?.columns.needed.contains("tokens_rejected") == true)
    }
  }

  @Test func namesThatTheUserGaveWin() {
    var fields = FieldMap()
    fields.reward = "raw"
    fields.rewards = ["completions.fine"]
    fields.prompt = "question"
    let pair =
      #"{"chosen": "a", "rejected": "b", "score_chosen": 1, "score_rejected": 1, "#
      + #""raw_chosen": 1, "raw_rejected": 2}"#
    let match = Self.match(pair, .h4, fields)
    guard case .columns(let columns)? = match?.answers else {
      Issue.record("no columns")
      return
    }
    #expect(columns.map(\.reward) == ["raw_chosen", "raw_rejected"])
    #expect(match?.prompt == "question")
    let completions =
      #"{"completions": [{"response": "a", "overall_score": 1, "fine": 2}], "prompt": "p"}"#
    #expect(
      Self.match(completions, .ultrafeedback, fields)?.answers
        == .nested(responses: "completions.response", rewards: "completions.fine"))
  }

  /// The conversation whose last turn is the answer, in either vocabulary.
  @Test(arguments: [
    (
      #""messages": [{"role": "user", "content": "u"}, {"role": "assistant", "content": "a"}]"#,
      "messages"
    ),
    (
      #""conversations": [{"from": "human", "value": "u"}, {"from": "gpt", "value": "a"}]"#,
      "conversations"
    ),
    (
      #""messages": [{"role": "user", "content": "u"}], "conversations": [{"from": "gpt", "value": "a"}]"#,
      "conversations"
    ),
    (#""messages": [{"role": "user", "content": "u"}]"#, nil), (#""messages": []"#, nil),
  ])
  func answeredConversationsAreFound(field: String, name: String?) {
    for score in ["score", "reward"] {
      let match = Self.match("{\(field), \"\(score)\": 1}", .automatic)
      #expect(match?.answers == name.map { _ in .lastTurn(reward: score) })
      #expect(match?.messages == name)
    }
  }

  @Test func rowsOfMessagesAreNoEnvelopes() throws {
    let turns =
      #"{"conversations": [{"from": "human", "value": "u"}, {"from": "gpt", "value": "a"}]}"#
    guard case .conversation? = RowKind(of: try value(turns)) else {
      Issue.record("no conversation")
      return
    }
    guard case .envelope("rows")? = RowKind(of: try value(#"{"rows": [{"prompt": "p"}]}"#)) else {
      Issue.record("no envelope")
      return
    }
  }

  /// Models are found under the usual names, those of objects with an answer each first.
  @Test(
    arguments: [
      (#""response": "a", "reward": 1, "generator": "m""#, ["generator"]),
      (#""response": "a", "reward": 1, "generator": "m", "model": "n""#, ["model"]),
      (#""response": "a", "reward": 1, "generator": "m", "model": null"#, ["generator"]),
      (#""response": "a", "reward": 1"#, ["model"]),
      (
        #""all_generated_responses": ["a"], "all_rm_scores": [1], "models": ["m"]"#, ["models"]
      ),
      (
        #""all_generated_responses": ["a"], "all_rm_scores": [1], "generators": ["m"]"#,
        ["generators"]
      ),
      (
        #""models": ["m"], "completions": [{"response": "a", "reward": 1, "model": "m"}]"#,
        ["completions.model"]
      ),
      (
        #""models": ["m"], "completions": [{"response": "a", "overall_score": 1}]"#, ["models"]
      ),
      (
        #""answers": [{"answer": "a", "rank": 1, "generator": "m"}]"#, ["answers.generator"]
      ),
      (#""generations": ["a"], "ratings": [1], "generation_models": ["m"]"#, ["generation_models"]),
      (
        #""chosen": "a", "rejected": "b", "score_chosen": 1, "score_rejected": 0, "#
          + #""generator_chosen": "m", "generator_rejected": "n""#,
        ["generator_chosen", "generator_rejected"]
      ),
    ])
  func modelsAreFoundUnderTheUsualNames(row: String, paths: [String]) {
    func found(_ fields: FieldMap) -> [String]? {
      var schema = Self.match(#"{"prompt": "p", \#(row)}"#, .automatic, fields)
      schema?.readsModels = true
      return schema?.modelPaths
    }
    #expect(found(FieldMap()) == paths)
    var fields = FieldMap()
    fields.model = "author"
    #expect(found(fields)?.allSatisfy { $0.contains("author") } == true)
    #expect(found(fields)?.count == paths.count)
  }

  @Test func aRowOfAnotherFormatIsNone() {
    for format in Set(Layout.all.map(\.format)) {
      #expect(Self.match(#"{"prompt": "p", "response": "a"}"#, format) == nil)
    }
  }

  private static func match(
    _ row: String, _ request: InputFormat, _ fields: FieldMap = FieldMap()
  ) -> RowSchema? {
    withScannable(Array(row.utf8)) { base, count in
      guard let row = Row(source: base, start: 0, end: count, advice: .settings).value else {
        return nil
      }
      return LayoutDetector(fields: fields, format: request).schema(of: row)
    }
  }
}
