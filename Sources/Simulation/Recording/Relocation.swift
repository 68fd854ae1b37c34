package import KeyedRandom
package import SimTime

/// An incident that puts a node elsewhere: other endpoints below the tailnet, another relay.
package struct Relocation: Sendable, Hashable {
    /// Index of the node.
    package var node: Int
    /// A record whose end lies in it shows the other place.
    package var window: TimeWindow
    /// The key of the other place; two relocations with the same key go to the same place.
    package var place: RandomKey
    /// Index of the plan's incident.
    package var incident: Int

    /// Makes a relocation.
    package init(node: Int, window: TimeWindow, place: RandomKey, incident: Int) {
        self.node = node
        self.window = window
        self.place = place
        self.incident = incident
    }
}
