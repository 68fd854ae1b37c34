package import Chance
package import SimTime

/// In which of the two runs, that with the anomalies and that without any, something happens.
struct RunSet: OptionSet, BitwiseCopyable, Sendable {
    let rawValue: UInt8

    static let withAnomalies = RunSet(rawValue: 1)
    static let withoutAnomalies = RunSet(rawValue: 2)
    static let both: RunSet = [.withAnomalies, .withoutAnomalies]
}

/// What an anomaly keeps out of the flow log: records, or all that they say of one peer.
///
/// Traffic goes on; only the log does not show it. The other ends' records are untouched.
package struct Hiding: Sendable, Hashable {
    /// Index of the node whose records are touched; nil for all nodes.
    package var node: Int?
    /// A record is hidden when its start or its end lies in it, as with the tailnet's switch of flow logging.
    package var window: TimeWindow
    /// Index of the node that is not spoken of; nil where the whole record is missing.
    package var peer: Int?
    /// Index of the plan's anomaly.
    package var anomaly: Int

    /// Makes a hiding.
    package init(node: Int? = nil, window: TimeWindow, peer: Int? = nil, anomaly: Int) {
        self.node = node
        self.window = window
        self.peer = peer
        self.anomaly = anomaly
    }
}

/// An anomaly that puts a node elsewhere: other endpoints below the tailnet, another relay.
package struct Travel: Sendable, Hashable {
    /// Index of the node.
    package var node: Int
    /// A record whose end lies in it shows the other place.
    package var window: TimeWindow
    /// The key of the other place; two travels with the same key go to the same place.
    package var place: ChanceKey
    /// Index of the plan's anomaly.
    package var anomaly: Int

    /// Makes a travel.
    package init(node: Int, window: TimeWindow, place: ChanceKey, anomaly: Int) {
        self.node = node
        self.window = window
        self.place = place
        self.anomaly = anomaly
    }
}

extension AnomalyFacts {
    /// What the anomaly, at its place among all, keeps out of the flow log.
    func hidings(anomaly index: Int) -> [Hiding] {
        hidden.map { Hiding(node: $0.node, window: $0.window, peer: $0.peer, anomaly: index) }
    }

    /// Where the anomaly, at its place among all, puts nodes.
    func travels(anomaly index: Int) -> [Travel] {
        moved.map { Travel(node: $0.node, window: $0.window, place: key.key("elsewhere"), anomaly: index) }
    }
}

/// The hidings of a run, with the stretch outside of which none has to be looked at.
struct HidingTable: Sendable {
    private let hidings: [Hiding]
    private let first: Int64
    private let last: Int64

    /// - Parameter hidings: none for the run without anomalies.
    init(_ hidings: [Hiding]) {
        self.hidings = hidings
        first = hidings.map(\.window.start.nanoseconds).min() ?? .max
        last = hidings.map(\.window.end.nanoseconds).max() ?? .min
    }

    /// Whether a record of that time may be touched.
    @inline(__always)
    func mayHide(from start: Int64, to end: Int64) -> Bool { end >= first && start < last }

    /// Takes what is hidden of a record out of the run with anomalies.
    ///
    /// - Returns: the anomalies that hide something which the run without them records.
    @inline(never)
    func hide(_ count: WindowCount, node: UInt32, from start: Int64, to end: Int64) -> [Int] {
        var anomalies: [Int] = []
        for hiding in hidings where hiding.node.map({ $0 == Int(node) }) ?? true {
            let window = hiding.window
            guard
                window.contains(Instant(nanoseconds: start)) || window.contains(Instant(nanoseconds: end))
            else { continue }
            for index in 0..<count.contributions.count {
                let contribution = count.contributions.base + index
                if let peer = hiding.peer, Int(contribution.pointee.peer) != peer { continue }
                contribution.pointee.runs.remove(.withAnomalies)
                guard contribution.pointee.runs.contains(.withoutAnomalies) else { continue }
                if !anomalies.contains(hiding.anomaly) { anomalies.append(hiding.anomaly) }
            }
        }
        return anomalies
    }
}
