import Testing

@testable import Columns

@Suite struct ColumnTests {
  /// Pieces hold 65,536 elements, so these counts lie around their borders.
  @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 131_073])
  func holdsWhatIsAppended(count: Int) {
    var column = Column<UInt32>()
    for number in 0..<count { column.append(UInt32(number) &* 3) }
    #expect(column.count == count)
    #expect(column.elementsEqual((0..<count).map { UInt32($0) &* 3 }))
    for index in [0, 65_535, 65_536, count - 1] where column.indices.contains(index) {
      column[index] = 7
      #expect(column[index] == 7)
    }
    #expect(column.count == count)
  }

  @Test func canBeginFull() {
    let column = Column(repeating: 2.5, count: 70_000)
    #expect(column.count == 70_000 && column.allSatisfy { $0 == 2.5 })
  }

  @Test func blocksAreWhatStandsThere() {
    let numbers = (0..<140_000).map { Double($0) }
    var column = Column<Double>()
    for number in numbers { column.append(number) }
    let joined = JoinedColumn([Array(numbers[..<10]), [], Array(numbers[10...])] as [[Double]])
    let computed = ComputedColumn(count: numbers.count) { numbers[$0] }
    for source in [column, joined, computed] as [any NumberSource] {
      var read: [Double] = []
      source.forEachBlock { block in for index in block.indices { read.append(block[index]) } }
      #expect(read == numbers)
      #expect(source[65_536] == 65_536 && source[9] == 9 && source[10] == 10)
      // Over the border of two pieces.
      var block = [Double](repeating: 0, count: 900)
      var part = block.mutableSpan
      source.copy(from: 65_000, into: &part)
      #expect(block == Array(numbers[65_000..<65_900]))
    }
    var pairs = 0
    column.forEachBlock(beside: joined) { first, second in
      for index in first.indices where first[index] == second[index] { pairs += 1 }
    }
    #expect(pairs == numbers.count)
  }

  @Test func bitsAreSetOneByOne() {
    var bits = BitColumn(count: 200)
    for index in [0, 63, 64, 127, 199] { bits.insert(index) }
    #expect((0..<200).filter { bits[$0] } == [0, 63, 64, 127, 199])
  }
}
