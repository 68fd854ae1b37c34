package import SimTime

/// How much a scenario may ask for: what is checked while it is read, so that no run fails later.
///
/// The simulation counts incidents in 16 bits, and nodes, hosts and the sessions of a lane in 32; the other bounds keep
/// memory and time within what a machine has. Docs/Scenarios.md lists them.
package enum ScenarioLimits {
    /// The longest scenario: a little more than ten years.
    package static let duration = TimeSpan.days(3_660)
    /// Nodes, with the jobs of fleets and the devices of incidents; also users.
    package static let nodes = 100_000
    /// Hosts without Tailscale: of LANs, of incidents, on the internet, and unassigned addresses.
    package static let hosts = 1_000_000
    /// Hosts of one LAN.
    package static let hostsOfLAN = 65_000
    /// Incidents, with those that a command line adds.
    package static let incidents = 65_535
    /// Explicit changes of the configuration: what a run spends on them grows with their square.
    package static let events = 10_000
    /// Traffic patterns.
    package static let patterns = 10_000
    /// Nodes and hosts on both sides of all traffic patterns together.
    package static let endpoints = 20_000_000
    /// Connections that traffic patterns keep open at once.
    package static let endlessConnections = 10_000_000
    /// Mean sessions an hour of all patterns together, in the busiest hour.
    package static let sessionsPerHour = 200_000_000
    /// LANs.
    package static let lans = 1_000
    /// OAuth clients.
    package static let oauthClients = 10_000
    /// Days on which nobody works.
    package static let holidays = 10_000
    /// Elements of the lists of one node, user, pattern or event: tags, routes, selectors, DNS servers.
    package static let details = 1_000
    /// Bytes of a DNS label, such as a host name.
    package static let label = 63
    /// Characters of a login.
    package static let login = 254
}
