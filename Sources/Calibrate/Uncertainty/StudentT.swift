/// Student's t distribution.
enum StudentT {
  /// The 97.5 % quantile: how many standard errors a 95 % interval reaches to either side.
  ///
  /// Beyond the table it is Fisher's expansion about the normal quantile, which is right to six
  /// digits there (M. Abramowitz and I. Stegun, "Handbook of Mathematical Functions", 26.7.5).
  ///
  /// - Returns: NaN without a degree of freedom.
  static func upperQuantile(degrees: Int) -> Double {
    guard degrees > 0 else { return .nan }
    if degrees <= table.count { return table[degrees - 1] }
    let (z, n) = (1.959963984540054, Double(degrees))
    let z2 = z * z
    let first = z * (z2 + 1) / 4
    let second = z * (5 * z2 * z2 + 16 * z2 + 3) / 96
    let third = z * (3 * z2 * z2 * z2 + 19 * z2 * z2 + 17 * z2 - 15) / 384
    let fourth =
      z * (79 * z2 * z2 * z2 * z2 + 776 * z2 * z2 * z2 + 1482 * z2 * z2 - 1920 * z2 - 945) / 92160
    return z + (first + (second + (third + fourth / n) / n) / n) / n
  }

  /// With 1, 2, … degrees of freedom.
  private static let table = [
    12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157,
    2.228139, 2.200985, 2.178813, 2.160369, 2.144787, 2.131450, 2.119905, 2.109816, 2.100922,
    2.093024,
  ]
}
