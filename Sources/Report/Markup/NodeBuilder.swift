/// Puts nodes in a row: nodes, lists of them, texts, and what conditions and loops leave of them.
@resultBuilder
package enum NodeBuilder {
  package static func buildExpression(_ node: Node) -> [Node] { [node] }

  package static func buildExpression(_ nodes: [Node]) -> [Node] { nodes }

  package static func buildExpression(_ text: String) -> [Node] { [.text(text)] }

  package static func buildBlock(_ parts: [Node]...) -> [Node] { parts.flatMap(\.self) }

  package static func buildOptional(_ nodes: [Node]?) -> [Node] { nodes ?? [] }

  package static func buildEither(first nodes: [Node]) -> [Node] { nodes }

  package static func buildEither(second nodes: [Node]) -> [Node] { nodes }

  package static func buildArray(_ parts: [[Node]]) -> [Node] { parts.flatMap(\.self) }
}
