import SimTime

/// The sessions that a lane makes in a bucket, and references to them for the lanes whose nodes take part.
///
/// The other lanes read what they are handed while the lane itself has moved on.
struct SessionOutbox: Sendable {
    /// A reference to a session for one of its ends.
    struct SessionRef: BitwiseCopyable, Sendable {
        /// When the session starts.
        var start: Instant
        /// The node's place among those of its lane.
        var recipient: UInt32
        /// The session's place among the outbox's, and in the lowest bit whether the node is its source.
        var item: UInt32
    }

    /// The sessions, in the order in which they were made.
    private(set) var sessions = SessionList()
    /// The references for each lane.
    private(set) var refs = [[SessionRef]](repeating: [], count: World.laneCount)
    private let nodes: [NodeFacts]

    init(world: World) {
        nodes = world.nodes
    }

    /// Forgets the sessions of the last bucket and, where nobody reads them any more, keeps the memory.
    mutating func removeAll() {
        if isKnownUniquelyReferenced(&sessions) {
            sessions.removeAll()
        } else {
            sessions = SessionList(capacity: max(64, sessions.count))
        }
        for lane in refs.indices { refs[lane].removeAll(keepingCapacity: true) }
    }

    /// Takes a session, and refers those of its ends to it that record it.
    @inline(__always)
    mutating func append(_ session: Session) {
        let item = UInt32(sessions.count) << 1
        sessions.append(session)
        refer(session.source, to: item | 1, start: session.start)
        if session.isSeenByTarget { refer(session.target, to: item, start: session.start) }
    }

    @inline(__always)
    private mutating func refer(_ node: UInt32, to item: UInt32, start: Instant) {
        guard nodes[Int(node)].logsFlows else { return }
        let recipient = nodes[Int(node)].indexInLane
        refs[Int(nodes[Int(node)].lane)].append(SessionRef(start: start, recipient: recipient, item: item))
    }
}
