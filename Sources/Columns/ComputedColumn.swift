/// A column whose values are computed as they are asked for.
package struct ComputedColumn: NumberSource {
  package let count: Int
  private let value: (Int) -> Double

  package init(count: Int, value: @escaping (Int) -> Double) {
    self.count = count
    self.value = value
  }

  package subscript(index: Int) -> Double { value(index) }
}
