/// How many rows there are of a kind, and where the first ones are.
struct FoundRows: Sendable {
  private(set) var count = 0
  private(set) var places: [Finding.Place] = []

  /// More places than these are counted, not kept.
  static let keptPlaces = 5

  init() {}

  /// So many rows, of which the first is known.
  init(_ count: Int, from first: Finding.Place) {
    self.count = count
    places = [first]
  }

  mutating func add(_ place: Finding.Place) {
    count += 1
    if places.count < Self.keptPlaces { places.append(place) }
  }

  /// Adds later rows.
  mutating func merge(_ later: FoundRows) {
    count += later.count
    places += later.places.prefix(Self.keptPlaces - places.count)
  }
}
