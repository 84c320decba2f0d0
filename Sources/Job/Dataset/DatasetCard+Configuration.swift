package import Emit
package import Settings

extension Configuration.Output {
  /// What the user says of the dataset.
  package var cardDetails: DatasetCard.Details {
    var details = DatasetCard.Details()
    details.license = license
    details.prettyName = prettyName
    details.languages = languages
    details.taskCategories = taskCategories
    details.sourceDatasets = sourceDatasets
    details.tags = tags
    return details
  }
}
