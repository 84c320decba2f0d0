internal import Records
internal import Synchronization

/// What variants of a sweep have to say: each thing is told once, with who says it.
final class SweepMessages: Sendable {
  /// By variant, in the order in which it was said.
  private let told: Mutex<[[Diagnostic]]>

  init(variants: Int) { told = Mutex(Array(repeating: [], count: variants)) }

  /// What a variant says.
  subscript(index: Int) -> [Diagnostic] { told.withLock { $0[index] } }

  /// Where a variant, by its place, says what it has to say.
  func sink(of index: Int) -> any DiagnosticSink { Sink(messages: self, index: index) }

  private struct Sink: DiagnosticSink {
    let messages: SweepMessages
    let index: Int

    func report(_ diagnostic: Diagnostic) {
      messages.told.withLock { $0[index].append(diagnostic) }
    }
  }

  /// Tells everything.
  func report(to printer: any DiagnosticSink) {
    let told = told.withLock(\.self)
    var order: [Diagnostic] = []
    var variants: [Diagnostic: [Int]] = [:]
    for (index, diagnostics) in told.enumerated() {
      for diagnostic in diagnostics where variants[diagnostic]?.last != index + 1 {
        if variants[diagnostic] == nil { order.append(diagnostic) }
        variants[diagnostic, default: []].append(index + 1)
      }
    }
    for var diagnostic in order {
      let numbers = variants[diagnostic] ?? []
      if numbers.count < told.count {
        diagnostic.message =
          "\(numbers.count == 1 ? "variant" : "variants") \(Self.ranges(numbers)): "
          + diagnostic.message
      }
      printer.report(diagnostic)
    }
  }

  /// `1-3, 7` for 1, 2, 3 and 7.
  private static func ranges(_ numbers: [Int]) -> String {
    var ranges: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = ranges.last, last.upperBound + 1 == number {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    return ranges.map {
      $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
    }.joined(separator: ", ")
  }
}
