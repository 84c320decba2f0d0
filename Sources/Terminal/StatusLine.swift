internal import Synchronization

/// How many columns are drawn over; 0 where nothing is.
private let drawnColumns = Mutex(0)

/// The last line of the terminal that standard error is, which is drawn over while work goes on.
///
/// Other text takes its place, so that no message begins in the middle of it.
enum StatusLine {
  /// Shows a text of one line in place of the last one.
  static func draw(_ line: ShownText) {
    drawnColumns.withLock { drawn in
      write(erasing(drawn) + line)
      drawn = line.text.count
    }
  }

  /// Removes what is shown.
  static func clear() { write(below: "") }

  /// Writes text that stays.
  static func write(below text: ShownText) {
    drawnColumns.withLock { drawn in
      if drawn > 0 || !text.text.isEmpty { write(erasing(drawn) + text) }
      drawn = 0
    }
  }

  /// What takes away a line of so many columns.
  ///
  /// A terminal that has become narrower since has put the rest of the line into further rows.
  private static func erasing(_ columns: Int) -> ShownText {
    guard columns > 0 else { return "" }
    var text: ShownText = "\r"
    for _ in 0..<columns / (StandardStream.error.width ?? .max) { text += "\u{1B}[A" }
    return text + "\u{1B}[J"
  }

  /// Where standard error takes nothing, there is no one to tell.
  private static func write(_ text: ShownText) { try? StandardStream.error.write(text) }
}
