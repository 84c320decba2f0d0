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

  @Test func bitsAreSetOneByOne() {
    var bits = BitColumn(count: 200)
    for index in [0, 63, 64, 127, 199] { bits.insert(index) }
    #expect((0..<200).filter { bits[$0] } == [0, 63, 64, 127, 199])
  }
}
