internal import Records
internal import Synchronization

/// What variants of a sweep have to say: each thing is reported once, with the variants that say it.
final class SweepMessages: Sendable {
  /// By variant, in the order in which it was said.
  private let told: Mutex<[[Diagnostic]]>

  init(variants: Int) { told = Mutex(Array(repeating: [], count: variants)) }

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
    for (variants, told) in distinct {
      var diagnostic = told
      diagnostic.message = variants + told.message
      printer.report(diagnostic)
    }
  }

  /// Everything that was said, with those who said it as in `variants 1, 3: `; empty where all did.
  var distinct: [(variants: String, diagnostic: Diagnostic)] {
    let told = told.withLock(\.self)
    var order: [Diagnostic] = []
    var speakers: [Diagnostic: [Int]] = [:]
    for (index, diagnostics) in told.enumerated() {
      for diagnostic in diagnostics where speakers[diagnostic]?.last != index + 1 {
        if speakers[diagnostic] == nil { order.append(diagnostic) }
        speakers[diagnostic, default: []].append(index + 1)
      }
    }
    return order.map { diagnostic in
      let numbers = speakers[diagnostic] ?? []
      let word = numbers.count == 1 ? "variant" : "variants"
      return (
        numbers.count < told.count ? "\(word) \(Self.ranges(numbers)): " : "", diagnostic
      )
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
