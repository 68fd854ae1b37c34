import TailnetModel

/// What the values of an audit record must be like beyond its form.
enum AuditRule: String, CaseIterable {
    case unreadable = "the text is no audit record"
    case loggedEarly = "an audit record is logged before it happened"
    case group = "an event group's ID is not 32 lower-case hexadecimal digits"
    case identifier = "an ID that ends in CNTRL is not in the form that the service makes"

    static func broken(by event: AuditEvent) -> [AuditRule] {
        var rules: [AuditRule] = []
        if let logged = event.logged, let time = event.eventTime, logged < time { rules.append(.loggedEarly) }
        let isHex = event.eventGroupID.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
        if !isHex || event.eventGroupID.utf8.count != 32 { rules.append(.group) }
        let ids = [event.actor.id, event.target.id]
        if ids.contains(where: { $0.hasSuffix("CNTRL") && StableID.parse($0) == nil }) { rules.append(.identifier) }
        return rules
    }
}
