import Truth
import SimTime
import TailnetModel

/// Incidents in order of `firstRecord`, found by whom an alert names and when.
///
/// Names that stand for the same incidents are one group, so an alert that names a node by id, name and addresses is
/// looked up once.
struct IncidentIndex {
    /// The incidents in order of `firstRecord` and id.
    let incidents: [Incident]
    /// The first instant at which an alert can speak of an incident.
    let starts: [Instant]
    /// The last such instant.
    let ends: [Instant]
    /// The incidents of each group, ascending.
    let members: [[Int]]
    /// The starts of each group's incidents.
    let memberStarts: [[Instant]]
    /// For each incident the groups that it is in, with its place there.
    let places: [[Place]]
    /// A name of each group.
    private let nameOfGroup: [String]
    /// The group of a canonical name.
    private let groupOfName: [String: Int]

    /// Where an incident stands in a group.
    struct Place {
        var group: Int
        var position: Int
    }

    /// Whether incidents that expect rules are found by rule and name alone.
    let isByRule: Bool

    /// Indexes incidents that are in order of `firstRecord`.
    ///
    /// - Parameter isByRule: whether an alert must have a rule that the incident expects, where it expects any.
    init(_ incidents: [Incident], _ options: ScoreOptions, byRule isByRule: Bool = false) {
        self.incidents = incidents
        self.isByRule = isByRule
        starts = incidents.map { $0.firstRecord.floored(to: .milliseconds(1)) }
        ends = incidents.map { $0.lastRecord + options.grace }
        var incidentsOfName: [String: [Int]] = [:]
        for (index, incident) in incidents.enumerated() {
            var parties = incident.actors
            if options.kindsMatchedByTargets.contains(incident.kind) { parties += incident.targets }
            for name in Set(parties.flatMap(EntityName.names)) {
                for key in IncidentIndex.keys(name, of: isByRule ? Set(incident.expectedRules) : []) {
                    incidentsOfName[key, default: []].append(index)
                }
            }
        }
        var groupOfList: [[Int]: Int] = [:]
        var members: [[Int]] = []
        var nameOfGroup: [String] = []
        var groupOfName: [String: Int] = [:]
        // In the names' order, so that the groups' numbers do not follow a hash.
        for name in incidentsOfName.keys.sorted() {
            let list = incidentsOfName[name] ?? []
            let group = groupOfList[list] ?? members.count
            if group == members.count {
                groupOfList[list] = group
                members.append(list)
                nameOfGroup.append(name)
            }
            groupOfName[name] = group
        }
        var places: [[Place]] = Array(repeating: [], count: incidents.count)
        for (group, list) in members.enumerated() {
            for (position, incident) in list.enumerated() {
                places[incident].append(Place(group: group, position: position))
            }
        }
        let starts = starts
        memberStarts = members.map { list in list.map { starts[$0] } }
        self.members = members
        self.nameOfGroup = nameOfGroup
        self.groupOfName = groupOfName
        self.places = places
    }

    /// What an incident is found by: its name for every rule, or where it expects some, its name with each of them.
    private static func keys(_ name: String, of rules: Set<String>) -> [String] {
        rules.isEmpty ? [name] : rules.map { "\($0)\u{1F}\(name)" }
    }

    /// The group of a name as an alert writes it; nil where no incident has it.
    ///
    /// - Parameter rule: the rule whose incidents are meant; nil for incidents that are found by every rule.
    func group(of entity: String, rule: String? = nil) -> Int? {
        let name = EntityName.canonical(entity)
        return groupOfName[rule.map { "\($0)\u{1F}\(name)" } ?? name]
    }

    /// For each group that of another index which has a part of these incidents; nil where none of the group's is in it.
    ///
    /// Names with equal lists of incidents have equal lists in any part of them, so any name of a group will do.
    func groups(in part: IncidentIndex) -> [Int?] { nameOfGroup.map { part.groupOfName[$0] } }

    /// How many of a group's incidents have begun at a time.
    func begun(in group: Int, at time: Instant) -> Int {
        let starts = memberStarts[group]
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= time { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// A tree for each group, in which those incidents are present that `isPresent` says.
    func trees(where isPresent: (Int) -> Bool) -> IncidentTrees {
        var trees = members.map { SpanTree(count: $0.count) }
        for incident in incidents.indices where isPresent(incident) {
            for place in places[incident] {
                trees[place.group].insert(place.position, end: ends[incident].nanoseconds)
            }
        }
        return IncidentTrees(trees: trees)
    }
}
