import KeyedRandom
import ScenarioSpec
import SimTime
import TailnetModel

/// What scripts may ask of the tailnet.
struct ScriptStage {
    let plan: Plan
    let root: RandomKey
    let control: ControlState
    let admission: Admission
    let availability: Availability
    let underlay: Underlay
    let userZones: [ZoneOffsets]

    /// An admin other than `other` who is there at an instant and can undo what an incident did; `other` if nobody is.
    func admin(besides other: Int?, at time: Instant, key: RandomKey) -> Int? {
        let roles: [UserRole] = [.owner, .admin]
        let candidates = plan.users.indices.filter {
            $0 != other && roles.contains(plan.users[$0].role) && control.isActive(user: $0, at: time)
        }
        let own = key.key("admin")
        return candidates.max { own.key(plan.users[$0].key).bits < own.key(plan.users[$1].key).bits } ?? other
    }

    /// Whether the policy of an instant lets a node connect to another one's port.
    func admits(_ source: EndpointID, _ target: EndpointID, proto: UInt8 = 6, port: UInt16, at time: Instant) -> Bool {
        let count = plan.nodes.count
        guard Int(source) < count, Int(target) < count else { return true }
        return admission.admits(
            Conversation(
                source: source, target: target, sourceHost: 0, targetHost: 0, proto: proto, port: port, isIPv6: false),
            at: time)
    }

    /// Those of some nodes that the policy lets a node connect to on one of some ports, each with the first such port.
    func reachable(_ targets: [EndpointID], from source: EndpointID, ports: [UInt16], at time: Instant)
        -> [(node: EndpointID, port: UInt16)]
    {
        targets.compactMap { target in
            ports.first { admits(source, target, port: $0, at: time) }.map { (target, $0) }
        }
    }

    /// The policy file in force at an instant.
    func policy(at time: Instant) -> String {
        plan.policies.last { version in version.since.map { $0 <= time } ?? true }?.text ?? ""
    }
}
