package import Scan
package import Settings

extension InputAccount {
  /// What is reported of the input to a variant that shares its scan with others.
  package func serving(_ configuration: Configuration) -> InputAccount {
    guard !configuration.readsModels else { return self }
    var account = self
    for index in account.layouts.indices { account.layouts[index].modelPaths = [] }
    return account
  }
}

extension InputScan.Result {
  /// What was found, as a variant would have found it that shares its scan with others.
  package func serving(_ configuration: Configuration) -> InputScan.Result {
    guard !configuration.readsModels else { return self }
    var result = self
    result.table.forgetModels()
    return result
  }
}
