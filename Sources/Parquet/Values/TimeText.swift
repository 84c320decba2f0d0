internal import Bytes

/// Dates and times in the notation of ISO 8601, in the Gregorian calendar of all years.
enum TimeText {
  private static let secondsPerDay: Int64 = 86_400
  /// The day of 1 January 1970 in the count of days that INT96 uses.
  private static let julianEpoch: Int64 = 2_440_588

  /// The date that is so many days after 1 January 1970.
  static func date(_ day: Int64) -> String {
    // Eras of 400 years that begin on 1 March, so that a leap day is the last one of its year
    // (H. Hinnant, "chrono-compatible low-level date algorithms").
    let shifted = day + 719_468
    let (era, dayOfEra) = floorDivision(shifted, 146_097)
    let leaps = dayOfEra / 1460 - dayOfEra / 36_524 + dayOfEra / 146_096
    let yearOfEra = (dayOfEra - leaps) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let dayOfMonth = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return "\(yearText(year))-\(padded(month, 2))-\(padded(dayOfMonth, 2))"
  }

  /// The time of day so long after midnight, with a fraction of a second where there is one.
  static func time(_ count: Int64, _ unit: TimeUnit) -> String {
    let (seconds, fraction) = floorDivision(count, unit.perSecond)
    let text =
      "\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
    return fraction == 0 ? text : "\(text).\(padded(fraction, unit.digitCount))"
  }

  /// The date and time so long after 1 January 1970.
  static func timestamp(_ count: Int64, _ unit: TimeUnit) -> String {
    let (day, inDay) = floorDivision(count, secondsPerDay * unit.perSecond)
    return "\(date(day))T\(time(inDay, unit))"
  }

  /// The date and time of an INT96: nanoseconds in eight bytes and the Julian day in four, each the
  /// lowest first.
  static func dayAndTime(_ bytes: Span<UInt8>) -> String {
    let nanoseconds = bytes.littleEndian(UInt64.self, at: 0)
    let julianDay = bytes.littleEndian(UInt32.self, at: 8)
    let perDay = secondsPerDay * TimeUnit.nanoseconds.perSecond
    let (days, inDay) = floorDivision(Int64(bitPattern: nanoseconds), perDay)
    let day = Int64(Int32(bitPattern: julianDay)) - julianEpoch + days
    return "\(date(day))T\(time(inDay, .nanoseconds))"
  }

  /// Years of four digits as they are, others with a sign, as the standard wants it.
  private static func yearText(_ year: Int64) -> String {
    if (0...9999).contains(year) { return padded(year, 4) }
    return (year < 0 ? "-" : "+") + padded(Int64(year.magnitude), 4)
  }

  private static func padded(_ number: Int64, _ digitCount: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(digitCount - digits.count, 0)) + digits
  }

  private static func floorDivision(
    _ number: Int64, _ divisor: Int64
  ) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
