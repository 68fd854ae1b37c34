public import Truth
import TailnetModel

/// A number that shapes an incident, with a default for each variant.
public struct IncidentParameter: Sendable, Hashable {
    /// The keys that scenarios and `--inject` may set; each kind takes some of them.
    public enum Key: String, Sendable, Hashable, CaseIterable {
        /// Connections in all.
        case sessions
        /// API requests in all.
        case requests
        /// Different ports.
        case ports
        /// The port of the service that is attacked.
        case port
        /// How many nodes it is done to.
        case hosts
        /// Payload in all.
        case bytes
        /// The time between two rounds.
        case every
        /// Objects, users, devices or keys that are touched.
        case items

        /// Whether the value is a span of time, in nanoseconds.
        public var isSpan: Bool { self == .every }
    }

    public let key: Key
    /// What it counts, in a few words.
    public let summary: String
    private let attack: Int64
    private let over: Int64
    private let under: Int64
    private let lookalike: Int64

    init(_ key: Key, _ summary: String, attack: Int64, over: Int64, under: Int64, lookalike: Int64) {
        self.key = key
        self.summary = summary
        self.attack = attack
        self.over = over
        self.under = under
        self.lookalike = lookalike
    }

    /// The same for every variant.
    init(_ key: Key, _ summary: String, _ value: Int64) {
        self.init(key, summary, attack: value, over: value, under: value, lookalike: value)
    }

    /// The default; spans in nanoseconds.
    public func value(_ variant: IncidentVariant) -> Int64 {
        switch variant {
        case .attack: attack
        case .over: over
        case .under: under
        case .lookalike: lookalike
        }
    }
}
