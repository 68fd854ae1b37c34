/// The sessions that a lane makes in a slice, and word of them for the lanes whose nodes take part.
///
/// Each lane has one, whose memory is used again for every slice: while its lane makes sessions nobody reads it, and until
/// the slice is over everybody may.
public final class SessionOutbox: @unchecked Sendable {
    /// Word of a session for one of its ends.
    struct SessionRef: BitwiseCopyable {
        /// When the session starts.
        var start: Int64
        /// The node's place among those of its lane.
        var recipient: UInt32
        /// The session's place in the post, and in the lowest bit whether the node is its source.
        var item: UInt32
    }

    private let sessions = UnsafeVector<Session>()
    /// The letters for each lane.
    private let refs = UnsafeVectorRow<SessionRef>(count: World.laneCount, capacity: 16)
    private let nodes: NodeTable

    init(world: World) {
        nodes = NodeTable(world)
    }

    /// Forgets the sessions of the last slice and keeps the memory.
    func removeAll() {
        sessions.removeAll()
        refs.removeAll()
    }

    /// Takes a session, and writes to those of its ends that record it.
    @inline(__always)
    func send(_ session: Session) {
        let source = nodes[session.source]
        let item = UInt32(sessions.count) << 1
        sessions.append(session)
        if source.logsFlows {
            refs.append(
                SessionRef(start: session.start, recipient: source.indexInLane, item: item | 1), to: Int(source.lane))
        }
        guard session.isSeenByTarget else { return }
        let target = nodes[session.target]
        if target.logsFlows {
            refs.append(
                SessionRef(start: session.start, recipient: target.indexInLane, item: item), to: Int(target.lane))
        }
    }

    /// The letters for a lane.
    func refs(for lane: Int) -> UnsafeMutableBufferPointer<SessionRef> { refs.elements(lane) }

    /// The sessions, in the order in which they were made.
    var base: UnsafeMutablePointer<Session> { sessions.base }
}
