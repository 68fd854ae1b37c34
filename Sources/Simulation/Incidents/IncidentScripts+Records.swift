import IncidentCatalog
import Truth
import KeyedRandom
import ScenarioSpec
import SimTime
import TailnetModel

extension IncidentScripts {
    static let records: [(kind: String, script: Script)] = [
        ("spoofed-flows", { spoofedFlows(&$0) }), ("tampered-logs", { tamperedLogs(&$0) }),
        ("altered-logs", { alteredLogs(&$0) }), ("silenced-node", { silencedNode(&$0) }),
        ("impossible-travel", { impossibleTravel(&$0) }),
    ]

    /// Ordinary-looking connections to some of the targets.
    private static func calls(_ script: IncidentScript, _ targets: [EndpointID], port: UInt16) -> Burst {
        Burst(
            sources: [script.node], targets: targets, ports: [port], count: Int(script[.sessions]),
            window: script.part(50, 950), duration: .seconds(2...12), up: 900...6_000,
            down: 4_000...90_000)
    }

    /// Servers that the acting node may reach, all on the same port.
    private static func open(_ script: IncidentScript, most: Int) -> (nodes: [EndpointID], port: UInt16) {
        let open = script.world.reachable(
            script.targetNodes, from: script.node, ports: [443, 22, 80, 8443], at: script.window.start)
        let port = open.first?.port ?? 443
        let nodes = script.inDrawnOrder(open.isEmpty ? script.targetNodes : open.filter { $0.port == port }.map(\.node))
        return (Array(nodes.prefix(most)), port)
    }

    private static func spoofedFlows(_ script: inout IncidentScript) {
        let (targets, port) = open(script, most: 10)
        var burst = calls(script, targets, port: port)
        burst.isOneSided = script.variant.isToBeDetected
        script.connect(burst)
    }

    private static func tamperedLogs(_ script: inout IncidentScript) {
        let (targets, port) = open(script, most: 1)
        script.connect(calls(script, targets, port: port))
        guard script.variant.isToBeDetected, let target = targets.first else { return }
        script.hide(node: Int(target), in: script.window)
    }

    private static func alteredLogs(_ script: inout IncidentScript) {
        let (targets, port) = open(script, most: 1)
        script.connect(calls(script, targets, port: port))
        guard script.variant.isToBeDetected, let target = targets.first else { return }
        script.hide(node: Int(target), peer: Int(script.node), in: script.window)
    }

    private static func silencedNode(_ script: inout IncidentScript) {
        let (targets, port) = open(script, most: 4)
        script.connect(calls(script, targets, port: port))
        switch script.variant {
        case .attack: script.hide(node: Int(script.node), in: script.part(120, 1_000))
        case .over: script.hide(node: Int(script.node), in: script.part(300, 640))
        case .under, .lookalike: break
        }
    }

    private static func impossibleTravel(_ script: inout IncidentScript) {
        let (targets, port) = open(script, most: 4)
        script.connect(calls(script, targets, port: port))
        switch script.variant {
        case .attack: script.move(node: Int(script.node), in: script.part(200, 870))
        case .over: script.move(node: Int(script.node), in: script.part(400, 600))
        case .under, .lookalike: break
        }
    }
}
