/// The columns of a file that are to be read, by the names of their top-level fields.
///
/// Those that the file does not have are not missed.
package struct WantedColumns: Sendable, Equatable {
  /// Columns whose values have to be text, numbers or lists of them.
  package var needed: Set<String>
  /// Columns that may be something else, too: for bytes, such as those of an image, stands a digest,
  /// for types that are not read null.
  package var welcome: Set<String>

  package init(needed: Set<String>, welcome: Set<String> = []) {
    self.needed = needed
    self.welcome = welcome.subtracting(needed)
  }

  /// What either asks for.
  package func union(_ other: WantedColumns) -> WantedColumns {
    WantedColumns(
      needed: needed.union(other.needed), welcome: welcome.union(other.welcome))
  }
}
