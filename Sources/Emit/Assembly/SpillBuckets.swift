internal import Records

/// Temporary files, each for the texts of a range of prompts.
struct SpillBuckets: ~Copyable {
  /// More would take too many open files.
  static let maximumCount = 256

  private let plans: ArraySlice<PairPlan>
  private let placeOfPrompt: (UInt32) -> UInt32
  private let otherAnswers: (UInt32) -> [UInt32]
  /// The place in `plans` at which each bucket starts, and the end.
  private let bounds: [Int]
  private let files: Files
  private let folder: String
  private var nextBucket = 0

  /// Noncopyable files cannot be elements of an array, so an object holds each.
  private final class File {
    var file: SpillFile
    init(folder: String) throws(EmitError) { file = try SpillFile(folder: folder) }
  }

  private typealias Files = [File]

  /// One bucket, read back.
  struct Bucket {
    var pairs: WaitingPairs
    var pieces: TextPieceReader
  }

  init(
    plans: ArraySlice<PairPlan>, placeOfPrompt: @escaping (UInt32) -> UInt32,
    otherAnswers: @escaping (UInt32) -> [UInt32], count: Int, folder: String
  ) throws(EmitError) {
    self.plans = plans
    self.placeOfPrompt = placeOfPrompt
    self.otherAnswers = otherAnswers
    self.folder = folder
    bounds = Self.bounds(of: plans, count: count)
    var files: Files = []
    for _ in bounds.dropLast() { files.append(try File(folder: folder)) }
    self.files = files
  }

  /// Texts of later prompts have no place here.
  var lastPrompt: UInt32? { plans.last?.prompt }

  /// Puts a text aside.
  mutating func append(_ piece: TextPiece, prompt: UInt32) throws(EmitError) {
    // The last bucket whose first pair's prompt is not after this one.
    let place = placeOfPrompt(prompt)
    var (low, high) = (0, files.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if placeOfPrompt(plans[bounds[middle]].prompt) <= place {
        low = middle
      } else {
        high = middle - 1
      }
    }
    try files[low].file.append(piece, prompt: prompt)
  }

  /// Reads the next bucket back; nil after the last.
  mutating func next() throws(EmitError) -> Bucket? {
    guard nextBucket < files.count else { return nil }
    defer { nextBucket += 1 }
    let range = bounds[nextBucket]..<bounds[nextBucket + 1]
    return Bucket(
      pairs: WaitingPairs(plans: plans[range], otherAnswers: otherAnswers),
      pieces: TextPieceReader(try files[nextBucket].file.contents(), file: folder))
  }

  /// Cuts the plans into parts of nearly the same size, never between two pairs of a prompt.
  private static func bounds(of plans: ArraySlice<PairPlan>, count: Int) -> [Int] {
    var bounds = [plans.startIndex]
    for part in 1..<max(2, count) {
      var bound = plans.startIndex + plans.count * part / max(2, count)
      while bound > plans.startIndex, bound < plans.endIndex,
        plans[bound].prompt == plans[bound - 1].prompt
      {
        bound += 1
      }
      if let last = bounds.last, bound > last, bound < plans.endIndex { bounds.append(bound) }
    }
    return bounds + [plans.endIndex]
  }
}
