/// An external ranking of models, such as Chatbot Arena's.
package struct Ranking: Sendable {
  package let name: String
  /// By model.
  let values: [String: Double]

  /// Reads a column of a CSV file whose column `model` names the models, else its first, which in
  /// AlpacaEval's leaderboards has no name.
  package init(name: String, path: String, column: String) throws {
    let table = try NamedColumns(
      path: path, role: "ranking", hint: "after --ranking stands NAME=FILE:COLUMN")
    let numbers = try table.numbers(column)
    self.name = name
    values = Dictionary(
      zip(table.names("model"), numbers).filter { $1.isFinite },
      uniquingKeysWith: { first, _ in first })
  }
}
