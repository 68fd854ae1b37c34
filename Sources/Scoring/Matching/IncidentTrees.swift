import SimTime

/// A set of an index's incidents that can be asked for the last one an alert speaks of.
struct IncidentTrees {
    var trees: [SpanTree]

    /// The incident of the set that began last, among those an alert at `time` that names the groups speaks of.
    func last(naming groups: [Int], at time: Instant, in index: IncidentIndex) -> Int? {
        var latest: Int?
        for group in groups {
            let begun = index.begun(in: group, at: time)
            guard let position = trees[group].last(before: begun, endingFrom: time.nanoseconds) else { continue }
            latest = max(latest ?? -1, index.members[group][position])
        }
        return latest
    }

    mutating func insert(_ incident: Int, _ index: IncidentIndex) {
        let end = index.ends[incident].nanoseconds
        for place in index.places[incident] { trees[place.group].insert(place.position, end: end) }
    }

    mutating func remove(_ incident: Int, _ index: IncidentIndex) {
        for place in index.places[incident] { trees[place.group].remove(place.position) }
    }
}
