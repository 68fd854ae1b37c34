import ScenarioSpec
import SimTime
import TailnetModel

/// How nodes look in records, where explicit changes give them other names, tags or owners in the run.
///
/// A version is an index: those of the plan's nodes as they are at first, and behind them one for each later state.
struct NodeVersions: Sendable {
    /// The nodes of all versions.
    let nodes: [Node]
    /// The plan's node of each version behind those of the plan.
    private let originals: [UInt32]
    private let planned: Int
    private let later: [UInt32: [(since: Instant, version: UInt32)]]

    init(plan: Plan, control: ControlState) {
        var nodes = plan.nodes
        var originals: [UInt32] = []
        var later: [UInt32: [(since: Instant, version: UInt32)]] = [:]
        for index in control.changedNodes {
            for state in control.states(ofNode: index) {
                if state.since == .distantPast {
                    nodes[index] = state.node
                    continue
                }
                later[UInt32(index), default: []].append((state.since, UInt32(nodes.count)))
                nodes.append(state.node)
                originals.append(UInt32(index))
            }
        }
        self.nodes = nodes
        self.originals = originals
        self.later = later
        planned = plan.nodes.count
    }

    /// Whether a node ever looks otherwise.
    func isChanging(_ node: Int) -> Bool { later[UInt32(node)] != nil }

    /// How a node looks at an instant.
    func version(_ node: UInt32, at instant: Instant) -> UInt32 {
        later[node]?.last { $0.since <= instant }?.version ?? node
    }

    /// The plan's node of a version.
    func node(_ version: UInt32) -> UInt32 { Int(version) < planned ? version : originals[Int(version) - planned] }
}
