import Truth
import SimTime
import TailnetModel

/// Precision and recall of ranges of time (Tatbul et al., 2018), with flat bias.
///
/// A real range is an incident that is to be detected, from `firstRecord` to `lastRecord`, at least a millisecond. An alert
/// stands for the range from its time on, of the span that the options say.
///
/// - Recall of an incident is `0.5 e + 0.5 c o`: `e` is 1 where any alert that names it overlaps it, `o` the share of it
///   that such alerts cover, `c` one over the number of ranges that cover it. Recall is the mean over the incidents.
/// - A predicted range is made of all alerts that name the same entities and whose ranges touch. Its precision is `c o`:
///   `o` the share of it that lies in incidents which it names, `c` one over their number. Precision is the mean.
public struct RangeScore: Sendable, Hashable {
    /// Nil without alerts.
    public let precision: Double?
    /// Nil where nothing is to be detected.
    public let recall: Double?
    /// The harmonic mean; nil where either is.
    public var f1: Double? {
        guard let precision, let recall else { return nil }
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall)
    }

    init(_ alerts: [Alert], _ matching: Matching, _ index: IncidentIndex, _ options: ScoreOptions) {
        let reals = index.incidents.map { incident in
            TimeRange(from: incident.firstRecord, to: max(incident.lastRecord, incident.firstRecord + .milliseconds(1)))
        }
        var rangesOfGroup: [[TimeRange]] = Array(repeating: [], count: index.members.count)
        var rangesOfNames: [[String]: [TimeRange]] = [:]
        var rangesOfGroups: [[Int]: [TimeRange]] = [:]
        for (number, alert) in alerts.enumerated() {
            let range = TimeRange(from: alert.time, to: alert.time + max(options.alertSpan, .milliseconds(1)))
            let groups = matching.groups[number]
            for group in groups { rangesOfGroup[group].append(joining: range) }
            if groups.isEmpty {
                rangesOfNames[alert.entities.map(EntityName.canonical).sorted(), default: []].append(joining: range)
            } else {
                rangesOfGroups[groups, default: []].append(joining: range)
            }
        }
        recall = RangeScore.recall(reals, rangesOfGroup, index)
        var total = 0.0
        var count = rangesOfNames.values.reduce(0) { $0 + $1.count }
        // Sums of floating point depend on their order, so it must not be a hash table's.
        for groups in rangesOfGroups.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            let ranges = rangesOfGroups[groups] ?? []
            count += ranges.count
            total += RangeScore.precisions(ranges, Set(groups.flatMap { index.members[$0] }).sorted(), reals, index)
        }
        precision = count == 0 ? nil : total / Double(count)
    }

    private static func recall(_ reals: [TimeRange], _ rangesOfGroup: [[TimeRange]], _ index: IncidentIndex) -> Double?
    {
        var total = 0.0
        var count = 0
        for (incident, real) in reals.enumerated() where index.incidents[incident].variant.isToBeDetected {
            count += 1
            var pieces: [TimeRange] = []
            for place in index.places[incident] {
                let ranges = rangesOfGroup[place.group]
                var next = ranges.firstIndex(endingAfter: real.start)
                while next < ranges.count, ranges[next].start < real.end {
                    pieces.append(ranges[next])
                    next += 1
                }
            }
            let joined = pieces.joined()
            if joined.isEmpty { continue }
            let covered = joined.reduce(0) { $0 + $1.overlap(real) }
            total += 0.5 + 0.5 * Double(covered) / Double(real.length) / Double(joined.count)
        }
        return count == 0 ? nil : total / Double(count)
    }

    /// The sum of the precisions of predicted ranges, which are sorted, against the incidents that they name.
    private static func precisions(
        _ ranges: [TimeRange], _ incidents: [Int], _ reals: [TimeRange], _ index: IncidentIndex
    ) -> Double {
        let wanted = incidents.filter { index.incidents[$0].variant.isToBeDetected }
        var total = 0.0
        var next = 0
        var current: [Int] = []
        for range in ranges {
            while next < wanted.count, reals[wanted[next]].start < range.end {
                current.append(wanted[next])
                next += 1
            }
            current.removeAll { reals[$0].end <= range.start }
            let overlapping = current.map { reals[$0] }
            if overlapping.isEmpty { continue }
            let covered = overlapping.joined().reduce(0) { $0 + $1.overlap(range) }
            total += Double(covered) / Double(range.length) / Double(overlapping.count)
        }
        return total
    }
}

/// A half-open range of nanoseconds.
private struct TimeRange {
    var start: Int64
    var end: Int64

    init(from start: Instant, to end: Instant) {
        self.start = start.nanoseconds
        self.end = end.nanoseconds
    }

    var length: Int64 { end - start }

    func overlap(_ other: TimeRange) -> Int64 { max(0, min(end, other.end) - max(start, other.start)) }
}

extension [TimeRange] {
    /// Adds a range that does not begin before the last, to the last where they touch.
    fileprivate mutating func append(joining range: TimeRange) {
        if let last, range.start <= last.end {
            self[count - 1].end = Swift.max(last.end, range.end)
        } else {
            append(range)
        }
    }

    /// The ranges, in any order, with those that touch made one.
    fileprivate func joined() -> [TimeRange] {
        var joined: [TimeRange] = []
        for range in sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) { joined.append(joining: range) }
        return joined
    }

    /// The first of sorted and disjoint ranges that ends after a time.
    fileprivate func firstIndex(endingAfter time: Int64) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].end <= time { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
