/// A regular expression as a tree.
indirect enum Expression: Sendable {
  case character(ASCIISet)
  case sequence([Expression])
  /// The first part that lets the whole match.
  case choice([Expression])
  /// As often as the whole can match; without bound where `most` is nil.
  case repeated(Expression, least: Int, most: Int?)
  /// Nothing, where no character of the set follows.
  case notBefore(ASCIISet)
}
