import Truth
/// Numbers the groups of alerts, asking for each spelling only once.
struct GroupReader {
    let index: IncidentIndex
    private var known: [String: Int] = [:]

    init(_ index: IncidentIndex) { self.index = index }

    /// The groups that an alert names, ascending.
    mutating func groups(of alert: Alert) -> [Int] {
        var groups: [Int] = []
        for entity in alert.entities {
            add(entity, nil, to: &groups)
            if index.isByRule { add(entity, alert.rule, to: &groups) }
        }
        return groups.sorted()
    }

    private mutating func add(_ entity: String, _ rule: String?, to groups: inout [Int]) {
        let spelling = rule.map { "\($0)\u{1F}\(entity)" } ?? entity
        let group: Int
        if let known = known[spelling] {
            group = known
        } else {
            group = index.group(of: entity, rule: rule) ?? -1
            known[spelling] = group
        }
        if group >= 0, !groups.contains(group) { groups.append(group) }
    }
}
