/// The digests of one log, hour by hour of `logged`, ordered by hour.
public struct HourlyDigests: Sendable {
    /// Hours since the epoch, ascending, with their sums.
    public private(set) var hours: [(hour: Int64, sum: DigestSum)] = []

    /// Makes an empty list.
    public init() {}

    /// Adds one record of an hour.
    public mutating func add(hour: Int64, _ digest: Digest256) {
        hours[index(of: hour)].sum.add(digest)
    }

    /// Adds all hours of another list.
    public mutating func add(_ other: HourlyDigests) {
        for item in other.hours { hours[index(of: item.hour)].sum.add(item.sum) }
    }

    private mutating func index(of hour: Int64) -> Int {
        if let last = hours.last, last.hour == hour { return hours.count - 1 }
        let place = hours.firstIndex { $0.hour >= hour } ?? hours.count
        if place < hours.count, hours[place].hour == hour { return place }
        hours.insert((hour, DigestSum()), at: place)
        return place
    }
}
