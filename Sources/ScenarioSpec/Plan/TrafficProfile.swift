/// The sizes, durations and shapes of a pattern's sessions.
public enum TrafficProfile: String, Sendable, Hashable, CaseIterable {
    case web
    case ssh
    case database
    case dns
    case metrics
    case backup
    case download
    case chat
    case ping
    /// A scanner's tries: one port after the other, hardly any payload.
    case scan
}
