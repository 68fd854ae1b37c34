package import SimTime

/// What an incident keeps out of the flow log: records, or their entries about one peer.
///
/// Traffic goes on; only the log does not show it. The other ends' records are untouched.
package struct RecordSuppression: Sendable, Hashable {
    /// Index of the node whose records are touched; nil for all nodes.
    package var node: Int?
    /// A record is hidden when its start or its end lies in it, as with the tailnet's switch of flow logging.
    package var window: TimeWindow
    /// Index of the peer whose entries are missing; nil where the whole record is missing.
    package var peer: Int?
    /// Index of the plan's incident.
    package var incident: Int

    /// Makes a suppression.
    package init(node: Int? = nil, window: TimeWindow, peer: Int? = nil, incident: Int) {
        self.node = node
        self.window = window
        self.peer = peer
        self.incident = incident
    }
}
