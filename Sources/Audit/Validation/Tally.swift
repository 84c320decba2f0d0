/// How many rows there are of a kind, and where the first ones are.
struct Tally: Equatable, Sendable {
  private(set) var count = 0
  private(set) var places: [Finding.Place] = []

  /// More places than these are counted, not kept.
  private static let keptPlaces = 5

  /// Adds rows of which this is the first.
  mutating func add(_ place: Finding.Place, count more: Int = 1) {
    count += more
    if places.count < Self.keptPlaces { places.append(place) }
  }

  /// Adds later rows.
  mutating func merge(_ later: Tally) {
    count += later.count
    places += later.places.prefix(Self.keptPlaces - places.count)
  }
}
