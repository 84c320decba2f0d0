internal import Ingest
internal import Records
internal import Rows

extension Profile {
  /// The profile of the first row of a dataset that looks like one; TRL's where none does.
  init(guessedFrom dataset: DatasetFiles) throws {
    struct Found: Error { var profile: Profile }
    do {
      try TreePass(threads: 1).run(
        dataset.files,
        summarize: { batch in
          batch.rows.lazy.compactMap(\.tree).first.map { Profile(of: $0) ?? .trl }
        },
        consume: { if let profile = $0 { throw Found(profile: profile) } })
    } catch let found as Found {
      self = found.profile
      return
    }
    self = .trl
  }
}
