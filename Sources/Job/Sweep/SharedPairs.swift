package import Records

/// How many pairs two ways to choose them have in common.
package enum SharedPairs {
  /// - Parameters:
  ///   - first: by prompt, as they are planned.
  ///   - second: likewise, of the same candidates.
  package static func count(_ first: [PairPlan], _ second: [PairPlan]) -> Int {
    var count = 0
    var rest = second[...]
    var index = first.startIndex
    while index < first.endIndex {
      let prompt = first[index].prompt
      let own = first[index...].prefix { $0.prompt == prompt }
      index = own.endIndex
      rest = rest.drop { $0.prompt < prompt }
      let others = rest.prefix { $0.prompt == prompt }
      rest = rest[others.endIndex...]
      // One pair a prompt, or as many as its answers make.
      if own.count == 1, others.count == 1 {
        count += own.first == others.first ? 1 : 0
      } else {
        count += Set(own).intersection(others).count
      }
    }
    return count
  }
}
