import Testing

@testable import PairBuilder

@Suite struct PromptDrawTests {
  // Made with Python:
  // `int.from_bytes(hashlib.sha256((salt + ":" + id).encode()).digest()[:8], "big")`
  @Test(
    arguments: [
      ("dpo-prep", "a", 5_841_209_851_327_134_043),
      ("dpo-prep", "", 12_828_966_323_036_776_528),
      ("", "a", 13_098_099_527_990_093_930),
      ("42", "prompt-1", 15_265_822_049_461_092_772),
      ("42", "日本語", 1_082_578_215_936_850_758),
      ("salt:x", "y", 17_618_622_493_507_162_870),
    ] as [(String, String, UInt64)])
  func numbersAreTheBeginningOfSHA256(salt: String, id: String, number: UInt64) {
    let draw = PromptDraw(salt: salt)
    #expect(draw.number(forPromptID: Array(id.utf8)) == number)
    let fraction = draw.fraction(forPromptID: Array(id.utf8))
    #expect(abs(fraction - Double(number) / 18_446_744_073_709_551_616) < 1e-15)
  }

  @Test func drawsAreUniform() {
    let draw = PromptDraw(salt: "dpo-prep")
    let fractions = (0..<20_000).map { draw.fraction(forPromptID: Array("\($0)".utf8)) }
    let mean = fractions.reduce(0, +) / 20_000
    // Five standard errors: 5 · 1/√(12 · 20,000).
    #expect(abs(mean - 0.5) < 0.0103)
    #expect(fractions.allSatisfy { (0.0...1.0).contains($0) })
    for tenth in 0..<10 {
      let count = fractions.count { Int($0 * 10) == tenth }
      // Five standard deviations of a binomial count: 5 · √(20,000 · 0.1 · 0.9).
      #expect(abs(count - 2000) < 212, "tenth \(tenth)")
    }
  }

  @Test func theSaltMatters() {
    let id = Array("prompt".utf8)
    #expect(
      PromptDraw(salt: "a").number(forPromptID: id) != PromptDraw(salt: "b").number(forPromptID: id)
    )
  }
}
