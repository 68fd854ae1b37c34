import Truth
import SimTime

/// Tells alerts and incidents apart as a maximum matching, one alert after another.
///
/// Alerts and the incidents that are to be detected form a bipartite graph: an edge is an alert in time that names the
/// incident. A detection is an edge of a maximum matching, so one alert detects at most one incident, and no other
/// way of telling alerts apart would detect more incidents. There are many maximum matchings; this is the one:
///
/// - Alerts come in an order that does not depend on their file's (by time, or by falling score), each with one
///   search for an augmenting path. An alert that was matched stays matched. Where they come by time, the matched alerts
///   are the earliest that any maximum matching can have: the sum of all times to detect is as small as it can be.
/// - Where an alert has a choice, it goes to the incident that began last.
///
/// An alert that stays over although it names incidents is a duplicate. Its search failed because each incident that it
/// could reach was matched already, and the alerts matched there name no other incidents than these. So no later search
/// can get out of that set either: it is closed, its matching final, and searched no more. That makes a million
/// alerts a matter of seconds, and it means that an incident's alert is never later than one of its duplicates: the
/// time to detect is the time of the earliest alert that speaks of the incident and is not needed for another.
struct Matcher {
    let index: IncidentIndex
    /// The alert matched to each incident.
    private(set) var alertOf: [Int?]
    /// How many incidents are matched.
    private(set) var matched = 0
    /// What each matched alert names, and when.
    private var groupsOf: [[Int]]
    private var timeOf: [Instant]
    /// Incidents that are to be detected and are not matched.
    private var free: IncidentTrees
    /// Incidents that are to be detected, in no closed set, and not met by the search that is under way.
    private var open: IncidentTrees

    init(_ index: IncidentIndex) {
        self.index = index
        let count = index.incidents.count
        alertOf = Array(repeating: nil, count: count)
        groupsOf = Array(repeating: [], count: count)
        timeOf = Array(repeating: Instant(nanoseconds: 0), count: count)
        free = index.trees { index.incidents[$0].variant.isToBeDetected }
        open = free
    }

    /// Matches an alert if there is a way to, moving earlier alerts to other incidents where that frees one.
    mutating func add(_ alert: Int, naming groups: [Int], at time: Instant) -> Bool {
        if groups.isEmpty { return false }
        if let incident = free.last(naming: groups, at: time, in: index) {
            take(incident, alert, groups, time)
            return true
        }
        let index = index
        var met: [Int] = []
        var comingFrom: [Int?] = []
        // Meets everything that an alert speaks of, each once, the one that began last first.
        func meet(_ groups: [Int], _ time: Instant, from: Int?, _ open: inout IncidentTrees) {
            while let incident = open.last(naming: groups, at: time, in: index) {
                open.remove(incident, index)
                met.append(incident)
                comingFrom.append(from)
            }
        }
        meet(groups, time, from: nil, &open)
        var next = 0
        while next < met.count {
            let incident = met[next]
            if let room = free.last(naming: groupsOf[incident], at: timeOf[incident], in: index) {
                var place: Int? = next
                var empty = room
                while let step = place {
                    move(met[step], to: empty)
                    empty = met[step]
                    place = comingFrom[step]
                }
                for incident in met { open.insert(incident, index) }
                put(alert, groups, time, on: empty)
                free.remove(room, index)
                matched += 1
                return true
            }
            meet(groupsOf[incident], timeOf[incident], from: next, &open)
            next += 1
        }
        return false
    }

    private mutating func take(_ incident: Int, _ alert: Int, _ groups: [Int], _ time: Instant) {
        free.remove(incident, index)
        put(alert, groups, time, on: incident)
        matched += 1
    }

    private mutating func put(_ alert: Int, _ groups: [Int], _ time: Instant, on incident: Int) {
        alertOf[incident] = alert
        groupsOf[incident] = groups
        timeOf[incident] = time
    }

    private mutating func move(_ incident: Int, to other: Int) {
        alertOf[other] = alertOf[incident]
        groupsOf[other] = groupsOf[incident]
        timeOf[other] = timeOf[incident]
    }
}
