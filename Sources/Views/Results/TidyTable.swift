internal import Evaluate

/// Figures as comma-separated values, one a line, in the columns that every evaluation has.
struct TidyTable {
  private var lines = ["model,method,kind,name,value,lower,upper,count"]

  /// The whole table.
  var text: String { lines.joined(separator: "\n") + "\n" }

  /// - Parameters:
  ///   - model: Whose figure it is; empty for all models.
  ///   - method: Under which; empty for what depends on none.
  ///   - kind: What `name` is one of, such as `subset`.
  ///   - count: What the figure rests on.
  mutating func add(
    _ model: String = "", _ method: EvaluationMethod? = nil, _ kind: String, _ name: String,
    _ value: Double?, _ interval: ConfidenceInterval? = nil, count: Int? = nil
  ) {
    add(
      model, method, kind, name, text: value.map { "\($0)" } ?? "",
      [interval.map { "\($0.lower)" }, interval.map { "\($0.upper)" }, count.map { "\($0)" }])
  }

  /// A count, which is a whole number.
  mutating func add(_ model: String, _ kind: String, _ name: String, _ count: Int) {
    add(model, nil, kind, name, text: "\(count)", [])
  }

  /// What is a text, such as a setting.
  mutating func add(_ kind: String, _ name: String, text: String) {
    add("", nil, kind, name, text: text, [])
  }

  private mutating func add(
    _ model: String, _ method: EvaluationMethod?, _ kind: String, _ name: String, text: String,
    _ rest: [String?]
  ) {
    let cells =
      [model, method?.rawValue ?? "", kind, name, text]
      + (0..<3).map { $0 < rest.count ? rest[$0] ?? "" : "" }
    lines.append(cells.map(CommaSeparated.cell).joined(separator: ","))
  }
}
