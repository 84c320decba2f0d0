import Testing

/// A row that is wrong, and what the user is told of it.
struct MalformedRow: Sendable, CustomTestStringConvertible {
  var name: String
  /// The row; `¦` marks the place that the error names, `¿` is a byte that is not UTF-8.
  var marked: String
  var code: String
  var message: String
  var hint: String

  var testDescription: String { name }

  init(_ name: String, _ marked: String, _ code: String, _ message: String, hint: String) {
    self.name = name
    self.marked = marked
    self.code = code
    self.message = message
    self.hint = hint
  }

  /// The row as it stands in the file.
  var bytes: [UInt8] {
    marked.unicodeScalars.flatMap { scalar -> [UInt8] in
      switch scalar {
      case "¦": []
      case "¿": [0xFF]
      default: Array(String(scalar).utf8)
      }
    }
  }

  /// The column in bytes, from 1, that the mark stands for.
  var column: Int {
    let before = marked.unicodeScalars.prefix { $0 != "¦" }
    return before.reduce(1) { $0 + ($1 == "¿" ? 1 : String($1).utf8.count) }
  }

  /// Whether the row is a prompt with lists.
  var isNested: Bool { marked.contains("all_generated_responses") }
}

extension MalformedRow {
  private static let repair =
    "every line must hold one JSON object; repair the row, or set input.on_error: skip to leave such rows out"
  private static let map =
    "map the field that holds it with input.fields, or set input.on_error: skip to leave such rows out"
  private static let parallel =
    "the lists must run in parallel; repair the row, or set input.on_error: skip to leave such "
    + "rows out"
  private static let number =
    "repair the row (null marks a missing number), or set input.on_error: skip to leave such rows "
    + "out"
  private static let encoding =
    "write the file as UTF-8 (iconv -f ... -t utf-8), or set input.on_error: skip to leave such rows out"
  private static let conversation =
    "a conversation is a list of {\"role\": ..., \"content\": ...} up to the user turn to answer, or "
    + "set input.on_error: skip to leave such rows out"

  static let all: [Self] = brokenJSON + wrongFields + nested

  private static let brokenJSON: [Self] = [
    Self(
      "cut off", #"{"prompt": "Wh\u00e9 é?", "response": "cut¦"#, "not_json",
      "not valid JSON: string without a closing quote", hint: repair),
    Self(
      "broken in a field that is read", #"{"prompt": "Why?", "response": "x", "reward": 0¦1.5}"#,
      "not_json", #"not valid JSON: expected "," or "}""#, hint: repair),
    Self(
      "broken in a field that is not read",
      #"{"prompt": "Why?", "response": "x", "reward": 1.5, "note": tru¦}"#, "not_json",
      "not valid JSON: expected a value", hint: repair),
    Self(
      "a stray comma", #"{"prompt": "Why?", "response": "x", "reward": 1.5,¦}"#, "not_json",
      "not valid JSON: expected a field name in double quotes", hint: repair),
    Self(
      "a missing comma", #"{"prompt": "Why?", "response": "x" ¦"reward": 1.5}"#, "not_json",
      #"not valid JSON: expected "," or "}""#, hint: repair),
    Self(
      "trailing text", #"{"prompt": "Why?", "response": "x", "reward": 1.5} ¦# checked"#,
      "not_json", "not valid JSON: text after the end of the object", hint: repair),
    Self(
      "an unknown escape", #"{"prompt": "Why?", "response": "¦\x41", "reward": 1.5}"#,
      "not_json", "not valid JSON: unknown escape in a string", hint: repair),
    Self(
      "invalid UTF-8", #"{"prompt": "Why?", "response": "é¦¿", "reward": 1.5}"#, "invalid_utf8",
      "invalid UTF-8", hint: encoding),
    Self(
      "invalid UTF-8 in a field that is not read",
      #"{"prompt": "Why?", "response": "x", "note": "¦¿", "reward": 1.5}"#, "invalid_utf8",
      "invalid UTF-8", hint: encoding),
    Self(
      "a raw control character", "{\"prompt\": \"Why?\", \"response\": \"a¦\tb\", \"reward\": 1.5}",
      "not_json", "not valid JSON: raw control character 0x09 in a string",
      hint:
        #"escape it (a line break is \n inside a JSON string), or set input.on_error: skip to leave such rows out"#
    ),
    Self("an array", #"¦["x", 1.5]"#, "not_json", "expected a JSON object", hint: repair),
    Self("a bare word", "¦null", "not_json", "expected a JSON object", hint: repair),
  ]

  private static let wrongFields: [Self] = [
    Self(
      "a missing reward", #"¦{"prompt": "Why?", "response": "x"}"#, "missing_field",
      #"no field "reward""#,
      hint: "the row has: prompt, response; name the right one with input.fields.reward"),
    Self(
      "a misspelt reward", #"¦{"prompt": "Why?", "response": "x", "rewards": 1.5}"#,
      "missing_field", #"no field "reward""#,
      hint: "the row has: prompt, response, rewards; "
        + #"did you mean "rewards"? Set input.fields.reward"#),
    Self(
      "a missing prompt", #"¦{"response": "x", "reward": 1.5}"#, "missing_field",
      #"no field "prompt""#,
      hint: "the row has: response, reward; name the right one with input.fields.prompt"),
    Self(
      "a prompt that is null", #"{"prompt": ¦null, "response": "x", "reward": 1.5}"#, "wrong_type",
      #"expected a string or a list of messages for "prompt", found null"#, hint: map),
    Self(
      "a response that is a number", #"{"prompt": "Why?", "response": ¦5, "reward": 1.5}"#,
      "wrong_type", #"expected a string for "response", found a number"#, hint: map),
    Self(
      "a reward that is a list", #"{"prompt": "Why?", "response": "x", "reward": ¦[1.5, 2]}"#,
      "wrong_type", #"expected a number for "reward", found a list"#, hint: map),
    Self(
      "a reward that is a boolean", #"{"prompt": "Why?", "response": "x", "reward": ¦true}"#,
      "wrong_type", #"expected a number for "reward", found a boolean"#, hint: map),
    Self(
      "a reward that is text", #"{"prompt": "Why?", "response": "x", "reward": ¦"n/a"}"#,
      "not_a_number", #"expected a number for "reward", found "n/a""#, hint: number),
    Self(
      "a reward in hexadecimal", #"{"prompt": "Why?", "response": "x", "reward": ¦"0x1p3"}"#,
      "not_a_number", #"expected a number for "reward", found "0x1p3""#, hint: number),
    Self(
      "a reward that is empty text", #"{"prompt": "Why?", "response": "x", "reward": ¦""}"#,
      "not_a_number", #"expected a number for "reward", found """#, hint: number),
    Self(
      "an unknown role",
      #"{"prompt": ¦[{"role": "king", "content": "x"}], "response": "x", "reward": 1.5}"#,
      "bad_conversation", #""prompt" has a message with the unknown role "king""#,
      hint: "roles are system, developer, user, assistant and tool, or their names in ShareGPT, "
        + "ms-swift and LLaMA-Factory"),
    Self(
      "a system message that is a number",
      #"{"prompt": "Why?", "response": "x", "reward": 1.5, "system": ¦5}"#, "wrong_type",
      #"expected a string for "system", found a number"#, hint: map),
  ]

  private static let nested: [Self] = [
    Self(
      "lists of unequal length",
      #"¦{"prompt": "Why?", "all_generated_responses": ["x", "y"], "all_rm_scores": [1]}"#,
      "unequal_lists", #""all_generated_responses" has 2 elements, but "all_rm_scores" has 1"#,
      hint: parallel),
    Self(
      "a list with an element of the wrong type",
      #"{"prompt": "Why?", "all_generated_responses": ["x", ¦1], "all_rm_scores": [1, 2]}"#,
      "wrong_type", #"expected a string for "all_generated_responses", found a number"#, hint: map),
    Self(
      "no list where one belongs",
      #"{"prompt": "Why?", "all_generated_responses": ¦"x", "all_rm_scores": [1]}"#, "wrong_type",
      #"expected a list for "all_generated_responses", found a string"#, hint: map),
    Self(
      "a misspelt list",
      #"¦{"prompt": "Why?", "all_generated_responses": ["x"], "all_rm_score": [1]}"#,
      "missing_field", #"no field "all_rm_scores""#,
      hint: #"the row has: prompt, all_generated_responses, all_rm_score; "#
        + #"did you mean "all_rm_score"? Set input.fields.rewards"#),
  ]
}
