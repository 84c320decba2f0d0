/// The part of a dataset that a prompt belongs to.
package enum DatasetSplit: String, CaseIterable, Sendable {
  case train, test
}
