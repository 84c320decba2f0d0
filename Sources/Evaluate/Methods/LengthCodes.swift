internal import Calibrate
internal import Columns

/// A column of numbers with ties as distinct levels and codes, as fits take it.
struct LengthCodes {
  let values: [Double]
  let levels: [Double]
  let codes: [UInt32]

  init(_ values: [Double]) {
    var levels: [Double] = []
    var codeOfLevel: [Double: UInt32] = [:]
    codes = values.map { value in
      if let code = codeOfLevel[value] { return code }
      let code = UInt32(levels.count)
      codeOfLevel[value] = code
      levels.append(value)
      return code
    }
    self.values = values
    self.levels = levels
  }

  /// The numbers with what goes with them.
  func sample(of rewards: [Double]) -> Sample {
    Sample(levels: levels, codes: codes, values: rewards)
  }
}
