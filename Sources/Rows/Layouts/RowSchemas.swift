/// Where the parts of rows are, for each file of an input: mostly the same in all.
package struct RowSchemas: Equatable, Sendable {
  /// The schemas that differ, in the order of the files that first have them.
  package private(set) var distinct: [RowSchema] = []
  private var numbers: [Int] = []

  /// - Parameter schemas: One for each file.
  package init(_ schemas: [RowSchema]) {
    for schema in schemas {
      let number = distinct.firstIndex(of: schema) ?? distinct.count
      if number == distinct.count { distinct.append(schema) }
      numbers.append(number)
    }
  }

  /// The schema of a file, by its place among ``distinct``.
  package func number(ofFile file: Int) -> Int { numbers[file] }

  /// The files that have a schema, by its place among ``distinct``.
  package func files(of number: Int) -> [Int] {
    numbers.indices.filter { numbers[$0] == number }
  }
}
