import TestSupport
import Testing

@testable import Columns

@Suite struct LevelColumnTests {
  @Test func equalValuesShareALevel() {
    var column = LevelColumn()
    let values: [Double] = [5, 0, 5, 65_535, 65_536, 0.5, -1, 65_536, 0.5, -1, 0, 1e300, 1e300]
    for value in values { column.append(value) }
    #expect(column.levels == [5, 0, 65_535, 65_536, 0.5, -1, 1e300])
    #expect(Array(column.codes) == [0, 1, 0, 2, 3, 4, 5, 3, 4, 5, 1, 6, 6])
    #expect(values.indices.allSatisfy { column[$0] == values[$0] })
    #expect(column.count == values.count)
  }

  @Test func notANumberIsOneLevel() {
    var column = LevelColumn()
    for value: Double in [.nan, 1, .nan, .infinity, .infinity] { column.append(value) }
    #expect(Array(column.codes) == [0, 1, 0, 2, 2])
    #expect(column[2].isNaN && column[3] == .infinity)
  }

  @Test(arguments: [1, 2] as [UInt64])
  func givesBackRandomValues(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var column = LevelColumn()
    let values = (0..<20_000).map { _ -> Double in
      let number = Int.random(in: -300...300, using: &random)
      return Bool.random(using: &random) ? Double(number) : Double(number) * 317.25
    }
    for value in values { column.append(value) }
    #expect(values.indices.allSatisfy { column[$0] == values[$0] })
    #expect(Set(column.levels) == Set(values))
    #expect(column.levels.count == Set(values).count)
  }
}
