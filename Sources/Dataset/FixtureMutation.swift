import Truth
public import IncidentCatalog
import ByteText
import KeyedRandom
public import ScenarioSpec
public import SimTime
import TailnetModel

/// A variation of an attack that keeps its nature: what somebody who knows the rule would do, or who merely lives elsewhere.
///
/// A rule that goes by what the attack is catches it all the same; one that goes by a port, a name, an office hour or one
/// actor's count may not.
public struct FixtureMutation: Sendable, Hashable {
    /// From 1 on; also what everything about it is drawn by.
    public let number: Int
    /// Another seed: other IDs, keys, addresses and moments.
    ///
    /// Nil where days of history are shared with the other folders.
    public var seed: UInt64?
    /// Whether nodes, the tailnet's domain and people bear other names.
    public var isRenamed = false
    /// How many times as long it lasts, in thousandths.
    public var interval: Int64 = 1_000
    /// How many hours later it begins; where the actors live, it is another time of the day.
    public var hoursLater: Int64 = 0
    /// Who shares the work, by the scenario's names of nodes or users; empty where one does it all.
    public var actors: [String] = []
    /// Another port of the same service.
    public var port: Int64?

    private let kind: IncidentKind

    /// Draws a mutation of an attack.
    ///
    /// - Parameters:
    ///   - plan: the scenario without the attack.
    public init(number: Int, of kind: IncidentKind, in plan: Plan) {
        self.number = number
        self.kind = kind
        let key = RandomKey(seed: plan.seed).key("mutation").key(kind.name).key(UInt64(number))
        let isLong = kind.seconds > 3 * 3_600
        var changes: [(inout FixtureMutation) -> Void] = []
        changes.append { $0.interval = 1_000 + 500 * Int64(1 + key.draw(1, below: isLong ? 2 : 6)) }
        if kind.historyDays == 0 {
            changes.append {
                $0.isRenamed = true
                $0.seed = key.draw(2) >> 16
            }
        }
        // History ends where the attack itself would begin, so that one with history keeps its hour.
        if !isLong, kind.historyDays == 0 {
            // Between three in the morning and nine in the evening, but never the hour itself.
            let hours = (-7...11).filter { $0 != 0 }
            changes.append { $0.hoursLater = Int64(hours[Int(key.draw(3, below: UInt64(hours.count)))]) }
        }
        let pool = FixtureMutation.pool(kind, plan)
        if pool.count > 1, FixtureMutation.shared(kind) != nil {
            let ranked = pool.sorted { key.key($0).bits < key.key($1).bits }
            changes.append { $0.actors = Array(ranked.prefix(2 + Int(key.draw(4, below: 3)))) }
        }
        if kind.parameters.contains(where: { $0.key == .port }) {
            changes.append { $0.port = [2_222, 8_022, 10_022, 443][Int(key.draw(5, below: 4))] }
        }
        // Each change leads in turn; the others come along with one chance in four.
        for (place, change) in changes.enumerated()
        where place == (number - 1) % changes.count || key.draw(UInt64(10 + place), below: 4) == 0 {
            change(&self)
        }
    }

    /// The parameter that several actors share; nil where the work cannot be shared.
    private static func shared(_ kind: IncidentKind) -> IncidentParameter? {
        kind.parameters.first { [.sessions, .requests].contains($0.key) && $0.value(.attack) >= 8 }
    }

    /// Who may do it, by the scenario's names.
    private static func pool(_ kind: IncidentKind, _ plan: Plan) -> [String] {
        switch (kind.cast.node, kind.cast.user) {
        case (.laptop, _): plan.nodes.indices.filter { plan.roles[$0] == .laptop }.map { plan.nodes[$0].key }
        case (nil, .admin):
            plan.users.filter { [.owner, .admin].contains($0.role) && $0.created < plan.span.start }.map(\.key)
        case (nil, .member):
            plan.users.filter { $0.role == .member && $0.created < plan.span.start }.map(\.key)
        default: []
        }
    }

    /// What to inject where the attack itself begins at `start`: an incident for each actor.
    public func injections(at start: TimeSpan) -> [String] {
        let begin = start + .hours(hoursLater)
        let seconds = Int64(kind.seconds) * interval / 1_000
        var text = "\(kind.name)@+\(begin.nanoseconds / 1_000_000_000)s,duration=\(seconds)s"
        if let port { text += ",port=\(port)" }
        guard !actors.isEmpty, let shared = FixtureMutation.shared(kind) else { return [text] }
        let role = kind.cast.node == nil ? "user" : "node"
        let all = shared.value(.attack)
        let count = Int64(actors.count)
        return actors.enumerated().map { place, actor in
            let share = all * Int64(place + 1) / count - all * Int64(place) / count
            return "\(text),\(role)=\(actor),\(shared.key.rawValue)=\(share)"
        }
    }

    /// How long it lasts, from the instant that `begin` gives.
    var length: TimeSpan { .seconds(Int64(kind.seconds) * interval / 1_000) }

    /// What differs from the attack, in a few words: `3.5 times as slow, by 3 actors`.
    public var text: String {
        var parts: [String] = []
        if interval != 1_000 { parts.append("\(DecimalText.fixed(interval / 100, decimals: 1)) times as slow") }
        if !actors.isEmpty { parts.append("by \(actors.count) actors") }
        if let port { parts.append("on port \(port)") }
        if hoursLater != 0 { parts.append("\(abs(hoursLater)) h \(hoursLater < 0 ? "earlier" : "later")") }
        if isRenamed { parts.append("renamed") }
        return parts.joined(separator: ", ")
    }

    /// As `expected.json` has it.
    func putMembers(into json: inout JSONWriter) {
        json.member("number", number)
        json.member("text", text)
        json.member("slower", JSONNumber(fixed: interval / 100, decimals: 1))
        json.member("hoursLater", hoursLater)
        json.member("actors", actors)
        json.member("port", port)
        json.member("renamed", isRenamed)
        if let seed { json.member("seed", seed) }
    }

    /// Gives nodes, the tailnet's domain and people other names, where the mutation says so.
    ///
    /// What policies and patterns name, tags, groups and logins, stays.
    public func rename(_ plan: Plan) -> Plan {
        guard isRenamed else { return plan }
        var plan = plan
        let key = RandomKey(seed: plan.seed).key("renamed")
        func word(_ list: [String], _ draw: UInt64) -> String { list[Int(draw.scaled(below: UInt64(list.count)))] }
        plan.tailnet.dnsSuffix =
            "\(word(FixtureMutation.words, key.draw(0)))-\(word(FixtureMutation.words, key.draw(1))).ts.net"
        for index in plan.nodes.indices where plan.nodes[index].sharer == nil {
            let draw = key.key(plan.nodes[index].key)
            // The number is the node's place, so that no two names are the same.
            plan.nodes[index].hostName = "\(word(FixtureMutation.words, draw.draw(0)))-\(index + 11)"
            plan.nodes[index].name = "\(plan.nodes[index].hostName).\(plan.tailnet.dnsSuffix)"
        }
        for index in plan.users.indices {
            let draw = key.key(plan.users[index].key)
            let (first, last) = (word(FixtureMutation.names, draw.draw(0)), word(FixtureMutation.names, draw.draw(1)))
            plan.users[index].displayName = "\(first) \(last)son"
        }
        return plan
    }

    private static let words = [
        "amber", "basalt", "cedar", "delta", "ember", "fjord", "granite", "harbor", "iris", "juniper", "kelp", "lark",
        "maple", "nimbus", "onyx", "pine", "quartz", "reef", "spruce", "tundra", "umber", "violet", "willow", "zephyr",
    ]
    private static let names = [
        "Anders", "Bela", "Carl", "Dana", "Erik", "Frida", "Gustav", "Hedda", "Ivar", "Jon", "Karin", "Lars", "Maja",
        "Nils", "Olof", "Per",
    ]
}
