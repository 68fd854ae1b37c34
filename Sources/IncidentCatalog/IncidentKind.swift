public import Truth
import TailnetModel

/// A kind of incident: what it is, what should notice it, and what it takes.
///
/// Two kinds are the same when their names are.
public struct IncidentKind: Sendable {
    /// As scenarios and the truth name it: `port-22-spike`.
    public let name: String
    /// One line.
    public let summary: String
    /// What happens, stage by stage, in a few sentences.
    public let story: String
    /// What each variant does, in the order of `IncidentVariant.allCases`.
    public let variants: [String]
    /// The steps, in order.
    public let stages: [Stage]
    /// The published rules that look for it.
    public let rules: [Rule]
    public let parameters: [IncidentParameter]
    /// Who acts and who suffers.
    public let cast: Cast
    /// How long it lasts unless the scenario says otherwise, in seconds.
    public let seconds: Int
    /// How many days of ordinary life a rule needs to see before the incident; 0 for none.
    public let historyDays: Int
    /// At which hour of the day (UTC) fixtures let it begin: that of ordinary work unless the hour is the point.
    public let hour: Int
    /// Whether alerts that name only a target count as well.
    public let matchesTargets: Bool
    /// Whether a rule reads lists of devices, hour by hour.
    public let readsSnapshots: Bool

    /// One step of an incident.
    public struct Stage: Sendable, Hashable {
        /// `discovery`, `lateral-movement`: the words of ATT&CK's tactics.
        public let name: String
        /// ATT&CK technique ids.
        public let attack: [String]

        init(_ name: String, _ attack: String...) {
            self.name = name
            self.attack = attack
        }
    }

    /// A rule and the variants on which its published condition holds.
    public struct Rule: Sendable, Hashable {
        /// `source/slug`.
        public let id: String
        /// With `under` or `lookalike` among them the rule is known to give false positives.
        public let fires: [IncidentVariant]

        init(_ id: String, on fires: [IncidentVariant] = [.attack, .over]) {
            self.id = id
            self.fires = fires
        }
    }

    /// Who takes part, beside what the kind brings along.
    public struct Cast: Sendable, Hashable {
        /// The acting node.
        public enum NodeNeed: Sendable, Hashable {
            /// Owned and carried about.
            case laptop
            /// Tagged and always up.
            case server
            /// With approved subnet routes.
            case router
            /// Approved as an exit node.
            case exitNode
        }

        /// The acting person, where it is not the owner of the acting node.
        public enum UserNeed: Sendable, Hashable {
            /// May change the tailnet's settings and its policy file.
            case admin
            case member
        }

        /// The nodes that it is done to.
        public enum TargetNeed: Sendable, Hashable {
            /// All tagged servers.
            case servers
            /// All owned laptops.
            case laptops
        }

        /// Addresses without Tailscale that only the incident connects to; as many as its parameter `hosts` says.
        public enum OwnHosts: Sendable, Hashable {
            /// On the internet, through an exit node.
            case internet
            /// Behind the acting subnet router, or one that is drawn.
            case lan
            /// Addresses of the tailnet that nobody has.
            case gone
        }

        /// Nodes that only the incident knows; as many as its parameter `items` says.
        public enum OwnNodes: Sendable, Hashable {
            /// Devices of members that join when the incident begins and are deleted when it ends.
            case rogue
            /// Old devices that are in the inventory and never connect.
            case stale
            /// Devices of another tailnet that are shared in when the incident begins; for `under` long before.
            case external
        }

        public var node: NodeNeed?
        public var user: UserNeed?
        public var client: Bool
        public var targets: TargetNeed?
        public var ownNodes: OwnNodes?
        public var ownHosts: OwnHosts?
        /// Whether traffic to the internet goes through one of the tailnet's exit nodes.
        public var exit: Bool
        /// Whether tailnet lock must be on.
        public var locked: Bool

        init(
            node: NodeNeed? = nil, user: UserNeed? = nil, client: Bool = false, targets: TargetNeed? = nil,
            ownNodes: OwnNodes? = nil, ownHosts: OwnHosts? = nil, exit: Bool = false, locked: Bool = false
        ) {
            self.node = node
            self.user = user
            self.client = client
            self.targets = targets
            self.ownNodes = ownNodes
            self.ownHosts = ownHosts
            self.exit = exit
            self.locked = locked
        }
    }

    init(
        _ name: String, _ summary: String, story: String, attack: String, over: String, under: String,
        lookalike: String, stages: [Stage], rules: [Rule], cast: Cast, parameters: [IncidentParameter] = [],
        seconds: Int = 300, historyDays: Int = 0, hour: Int = 10, matchesTargets: Bool = false,
        readsSnapshots: Bool = false
    ) {
        self.name = name
        self.summary = summary
        self.story = story
        self.variants = [attack, over, under, lookalike]
        self.stages = stages
        self.rules = rules
        self.parameters = parameters
        self.cast = cast
        self.seconds = seconds
        self.historyDays = historyDays
        self.hour = hour
        self.matchesTargets = matchesTargets
        self.readsSnapshots = readsSnapshots
    }

    /// ATT&CK technique ids of all stages, each once.
    public var attack: [String] {
        var ids: [String] = []
        for id in stages.flatMap(\.attack) where !ids.contains(id) { ids.append(id) }
        return ids
    }

    /// What the variant does, in a sentence.
    public func text(of variant: IncidentVariant) -> String {
        variants[IncidentVariant.allCases.firstIndex(of: variant) ?? 0]
    }

    /// The rules that should fire; none on what should not be noticed.
    public func expectedRules(_ variant: IncidentVariant) -> [String] {
        variant.isToBeDetected ? rules.filter { $0.fires.contains(variant) }.map(\.id) : []
    }

    /// The rules that are known to fire on what should not be noticed.
    public func fooledRules(_ variant: IncidentVariant) -> [String] {
        variant.isToBeDetected ? [] : rules.filter { $0.fires.contains(variant) }.map(\.id)
    }
}

extension IncidentKind: Hashable {
    public static func == (left: IncidentKind, right: IncidentKind) -> Bool { left.name == right.name }

    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
