extension String {
  /// The word behind its article as it is said: `a step`, `an action`, `an N`, `an R/N`.
  var withArticle: String {
    let first = first ?? " "
    // A letter that stands alone is said by its name.
    let isLetter = first.isUppercase && dropFirst().first?.isLetter != true
    return ((isLetter ? "AEFHILMNORSX" : "aeiouAEIOU").contains(first) ? "an " : "a ") + self
  }
}
