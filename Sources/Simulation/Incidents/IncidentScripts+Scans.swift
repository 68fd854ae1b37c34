import Truth
import IncidentCatalog
import KeyedRandom
import ScenarioSpec
import SimTime
import TailnetModel

extension IncidentScripts {
    static let scans: [(kind: String, script: Script)] = [
        ("horizontal-scan", { horizontalScan(&$0) }), ("network-sweep", { networkSweep(&$0) }),
        ("vertical-scan", { verticalScan(&$0) }), ("syn-scan", { synScan(&$0) }), ("slow-scan", { slowScan(&$0) }),
        ("denied-probing", { deniedProbing(&$0) }),
    ]

    /// A try: a banner at most.
    private static func tries(
        _ script: IncidentScript, _ targets: [EndpointID], _ ports: [UInt16], count: Int, isHalfOpen: Bool = false
    ) -> Burst {
        Burst(
            sources: [script.node], targets: targets, ports: ports, count: count, window: script.window,
            duration: .milliseconds(4...900), up: 0...60, down: 0...240, isHalfOpen: isHalfOpen)
    }

    private static func horizontalScan(_ script: inout IncidentScript) {
        script.connect(tries(script, script.ownHosts, [445], count: script.ownHosts.count))
    }

    private static func networkSweep(_ script: inout IncidentScript) {
        // Each address once, on one of the ports; the attack comes back for the others.
        let ports: [UInt16] = [22, 445, 3389]
        let count = script.ownHosts.count * (script.variant == .attack ? ports.count : 1)
        script.connect(tries(script, script.ownHosts, ports, count: count))
    }

    private static func verticalScan(_ script: inout IncidentScript) {
        guard let target = script.drawn(script.targetNodes) else { return }
        let ports = script.scannedPorts(Int(script[.ports]))
        script.connect(tries(script, [target], ports, count: ports.count))
    }

    private static func synScan(_ script: inout IncidentScript) {
        guard let target = script.drawn(script.targetNodes) else { return }
        let ports = script.scannedPorts(Int(script[.ports]))
        script.connect(tries(script, [target], ports, count: ports.count, isHalfOpen: true))
    }

    private static func slowScan(_ script: inout IncidentScript) {
        let refused = script.refusing(script.targetNodes, port: 3389)
        let targets = Array(refused.prefix(Int(script[.sessions])))
        script.connect(tries(script, targets, [3389], count: targets.count))
    }

    private static func deniedProbing(_ script: inout IncidentScript) {
        let ports: [UInt16] = [3389, 5900]
        let refused = script.refusing(script.targetNodes, port: 3389).prefix(Int(script[.hosts]))
        let open = refused.filter { script.world.admits(script.node, $0, port: 5900, at: script.window.start) }
        let count = min(Int(script[.sessions]), refused.count * (open.isEmpty ? ports.count : 1))
        script.connect(tries(script, Array(refused), ports, count: count))
    }
}

extension IncidentScript {
    /// One of some endpoints, by the incident's own draw.
    func drawn(_ endpoints: [EndpointID]) -> EndpointID? {
        endpoints.max { rank($0) < rank($1) }
    }

    /// Some endpoints in an order of the incident's own.
    func inDrawnOrder(_ endpoints: [EndpointID]) -> [EndpointID] { endpoints.sorted { rank($0) < rank($1) } }

    private func rank(_ endpoint: EndpointID) -> UInt64 {
        let index = Int(endpoint)
        let count = world.plan.nodes.count
        let name = index < count ? world.plan.nodes[index].key : world.plan.hosts[index - count].key
        return key.key("order").key(name).bits
    }

    /// Those nodes whose port the policy keeps shut for the acting node, in an order of the incident's own.
    func refusing(_ endpoints: [EndpointID], port: UInt16) -> [EndpointID] {
        inDrawnOrder(endpoints.filter { !world.admits(node, $0, port: port, at: window.start) })
    }

    /// Different ports, privileged ones first, in an order of the incident's own.
    ///
    /// Left out are those that rules on scans leave out: web, names, time, SMB and NFS.
    func scannedPorts(_ count: Int) -> [UInt16] {
        let usual: Set<Int> = [53, 80, 123, 443, 445, 853, 2_049]
        let ports = (1..<65_536).lazy.filter { !usual.contains($0) }.prefix(count)
        return ports.map { (UInt16($0), key.key("port").draw(UInt64($0))) }.sorted { $0.1 < $1.1 }.map(\.0)
    }
}
