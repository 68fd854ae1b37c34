import SimTime
import TailnetModel

/// Which alert detected which incident.
///
/// Alerts and the incidents that are to be detected form a bipartite graph: an edge is an alert in time that names the
/// incident. A detection is an edge of a maximum matching, so one alert detects at most one incident, and no other
/// way of telling alerts apart would detect more incidents. There are many maximum matchings; this is the one:
///
/// - Alerts are taken in canonical order (by time), each by one search for an augmenting path. An alert that was matched
///   stays matched, so the matched alerts are the earliest that any maximum matching can have: the sum of all times to
///   detect is as small as it can be.
/// - Where an alert has a choice, it goes to the incident that began last.
///
/// An alert that stays over although it names incidents is a duplicate. Its search failed because each incident that it
/// could reach was matched already, and the alerts matched there name no other incidents than these. So no later search
/// can get out of that set either: it is closed, its matching final, and searched no more. That makes a million
/// alerts a matter of seconds, and it means that an incident's alert is never later than one of its duplicates: the
/// time to detect is the time of the earliest alert that speaks of the incident and is not needed for another.
struct Matching {
    /// For each incident the index of the alert that detected it.
    private(set) var detections: [Int?]
    /// For each incident the alerts beyond the one that detected it; for the variants that no rule should notice, the
    /// false alerts that fell on it.
    private(set) var surplus: [Int]
    /// Alerts that name no incident that is to be detected, and the incident that they fell on, if any.
    private(set) var falseAlerts: [(alert: Int, incident: Int?)] = []

    /// Matches alerts in canonical order to incidents in order of `firstRecord`.
    init(alerts: [Alert], incidents: [Incident], options: ScoreOptions) {
        detections = Array(repeating: nil, count: incidents.count)
        surplus = Array(repeating: 0, count: incidents.count)
        var sweep = Sweep(incidents: incidents, options: options)
        for (index, alert) in alerts.enumerated() {
            let entities = sweep.entities(of: alert)
            sweep.advance(to: alert.time)
            if sweep.detect(with: index, naming: entities, at: alert.time) { continue }
            if let incident = sweep.lastBegun(naming: entities, at: alert.time, in: \.alive) {
                surplus[incident] += 1
            } else {
                let incident = sweep.lastBegun(naming: entities, at: alert.time, in: \.quiet)
                if let incident { surplus[incident] += 1 }
                falseAlerts.append((index, incident))
            }
        }
        detections = sweep.alertOf
    }
}

/// The state of a walk through time over alerts and incidents.
private struct Sweep {
    /// What one entity has to do with.
    struct EntityState {
        /// Incidents that may still gain an alert: not over, and in no closed set.
        var open: [Int] = []
        /// Incidents to be detected that have begun; the latest is not over.
        var alive: [Int] = []
        /// The same for incidents that no rule should notice.
        var quiet: [Int] = []
    }

    let isToBeDetected: [Bool]
    /// The first instant at which an alert can speak of an incident.
    let starts: [Instant]
    /// The last such instant.
    let ends: [Instant]
    let entitiesOf: [[Int]]
    let entityNumber: [String: Int]
    var states: [EntityState]
    /// How many incidents have begun.
    var begun = 0

    /// The alert matched to each incident.
    var alertOf: [Int?]
    /// The incidents that this alert may be matched to.
    var choices: [[Int]]
    var isClosed: [Bool]
    /// The number of the search that last came to an incident, and from which incident (nil: from the alert).
    var searchOf: [Int]
    var comingFrom: [Int?]
    var searches = 0

    init(incidents: [Incident], options: ScoreOptions) {
        var numbers: [String: Int] = [:]
        entitiesOf = incidents.map { incident in
            var parties = incident.actors
            if options.kindsMatchedByTargets.contains(incident.kind) { parties += incident.targets }
            let names = parties.flatMap(EntityName.names)
            return uniqueSorted(
                names.map { name in
                    let number = numbers[name] ?? numbers.count
                    numbers[name] = number
                    return number
                })
        }
        entityNumber = numbers
        states = Array(repeating: EntityState(), count: numbers.count)
        isToBeDetected = incidents.map(\.variant.isToBeDetected)
        starts = incidents.map { $0.firstRecord.floored(to: .milliseconds(1)) }
        ends = incidents.map { $0.lastRecord + options.grace }
        alertOf = Array(repeating: nil, count: incidents.count)
        choices = Array(repeating: [], count: incidents.count)
        isClosed = Array(repeating: false, count: incidents.count)
        searchOf = Array(repeating: 0, count: incidents.count)
        comingFrom = Array(repeating: nil, count: incidents.count)
    }

    /// The numbers of those entities of an alert that any incident has.
    func entities(of alert: Alert) -> [Int] {
        uniqueSorted(alert.entities.compactMap { entityNumber[EntityName.canonical($0)] })
    }

    /// Lets the incidents begin that an alert at `time` can speak of.
    mutating func advance(to time: Instant) {
        while begun < starts.count, starts[begun] <= time {
            for entity in entitiesOf[begun] {
                if isToBeDetected[begun] {
                    states[entity].open.append(begun)
                    states[entity].alive.append(begun)
                } else {
                    states[entity].quiet.append(begun)
                }
            }
            begun += 1
        }
    }

    /// The incident of a list that began last and is not over.
    mutating func lastBegun(
        naming entities: [Int], at time: Instant, in list: WritableKeyPath<EntityState, [Int]>
    ) -> Int? {
        var latest: Int?
        for entity in entities {
            while let last = states[entity][keyPath: list].last, ends[last] < time {
                states[entity][keyPath: list].removeLast()
            }
            if let last = states[entity][keyPath: list].last, last > latest ?? -1 { latest = last }
        }
        return latest
    }

    /// Matches an alert if there is a way to, moving earlier alerts to other incidents where that makes room.
    mutating func detect(with alert: Int, naming entities: [Int], at time: Instant) -> Bool {
        let candidates = candidates(naming: entities, at: time)
        if let free = candidates.first(where: { alertOf[$0] == nil }) {
            alertOf[free] = alert
            choices[free] = candidates
            return true
        }
        searches += 1
        var queue: [Int] = []
        for incident in candidates {
            searchOf[incident] = searches
            comingFrom[incident] = nil
            queue.append(incident)
        }
        var next = 0
        while next < queue.count {
            let incident = queue[next]
            next += 1
            for neighbour in choices[incident] where searchOf[neighbour] != searches && !isClosed[neighbour] {
                searchOf[neighbour] = searches
                comingFrom[neighbour] = incident
                if alertOf[neighbour] == nil {
                    augment(to: neighbour, alert, candidates)
                    return true
                }
                queue.append(neighbour)
            }
        }
        for incident in queue {
            isClosed[incident] = true
            choices[incident] = []
        }
        return false
    }

    /// Moves each alert on the path to the next incident, and the new alert to the first.
    private mutating func augment(to free: Int, _ alert: Int, _ candidates: [Int]) {
        var incident = free
        while let previous = comingFrom[incident] {
            alertOf[incident] = alertOf[previous]
            choices[incident] = choices[previous]
            incident = previous
        }
        alertOf[incident] = alert
        choices[incident] = candidates
    }

    /// The incidents that an alert may detect, the one that began last first.
    private mutating func candidates(naming entities: [Int], at time: Instant) -> [Int] {
        var found: [Int] = []
        for entity in entities {
            states[entity].open.removeAll { isClosed[$0] || ends[$0] < time }
            found += states[entity].open
        }
        return uniqueSorted(found).reversed()
    }
}

private func uniqueSorted(_ numbers: [Int]) -> [Int] {
    var unique: [Int] = []
    for number in numbers.sorted() where number != unique.last { unique.append(number) }
    return unique
}
