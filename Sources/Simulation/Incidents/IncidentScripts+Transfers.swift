import IncidentCatalog
import Truth
import KeyedRandom
import ScenarioSpec
import SimTime
import TailnetModel

extension IncidentScripts {
    static let transfers: [(kind: String, script: Script)] = [
        ("exfiltration", { exfiltration(&$0) }), ("exfiltration-drip", { exfiltrationDrip(&$0) }),
        ("exit-node-abuse", { exitNodeAbuse(&$0) }), ("derp-surge", { derpSurge(&$0) }),
        ("subnet-router-flood", { subnetRouterFlood(&$0) }),
    ]

    /// Connections that carry `bytes` in all from targets to sources.
    private static func download(
        _ sources: [EndpointID], _ targets: [EndpointID], port: UInt16, bytes: Int64, count: Int, in window: TimeWindow
    ) -> Burst {
        let each = UInt64(max(1, bytes / Int64(max(1, count))))
        return Burst(
            sources: sources, targets: targets, ports: [port], count: count, window: window,
            duration: .seconds(2...20), up: each / 900 + 300...each / 700 + 600,
            down: each...each + each / 50)
    }

    /// A server that the acting node may read from, with the port.
    private static func source(_ script: IncidentScript) -> (node: EndpointID, port: UInt16)? {
        let open = script.world.reachable(
            script.targetNodes, from: script.node, ports: [443, 22, 445, 80, 8443, 5432, 873], at: script.window.start)
        guard let node = script.drawn(open.map(\.node)) else { return nil }
        return open.first { $0.node == node }
    }

    private static func exfiltration(_ script: inout IncidentScript) {
        guard let (server, port) = source(script) else { return }
        script.connect(
            download(
                [script.node], [server], port: port, bytes: script[.bytes],
                count: script.variant == .lookalike ? 12 : 1,
                in: script.part(0, 300)))
    }

    private static func exfiltrationDrip(_ script: inout IncidentScript) {
        guard let (server, port) = source(script) else { return }
        script.connect(
            download(
                [script.node], [server], port: port, bytes: script[.bytes], count: Int(script[.sessions]),
                in: script.window))
    }

    private static func exitNodeAbuse(_ script: inout IncidentScript) {
        guard script.variant != .under else {
            guard let (server, port) = source(script) else { return }
            script.connect(
                download(
                    [script.node], [server], port: port, bytes: script[.bytes], count: Int(script[.sessions]),
                    in: script.window))
            return
        }
        var burst = download(
            [script.node], script.ownHosts, port: 443, bytes: script[.bytes], count: Int(script[.sessions]),
            in: script.window)
        burst.exit = script.incident.exit
        script.connect(burst)
    }

    private static func derpSurge(_ script: inout IncidentScript) {
        let open = script.world.reachable(
            script.targetNodes, from: script.node, ports: [443, 22, 80], at: script.window.start)
        let port = open.first?.port ?? 443
        let targets = open.filter { $0.port == port }.map(\.node)
        script.connect(
            Burst(
                sources: [script.node], targets: targets.isEmpty ? script.targetNodes : targets, ports: [port],
                count: Int(script[.sessions]), window: script.window, duration: .seconds(4...30),
                up: 900...9_000, down: 2_000...90_000, isRelayed: true))
    }

    private static func subnetRouterFlood(_ script: inout IncidentScript) {
        script.connect(
            download(
                [script.node], script.ownHosts, port: 445, bytes: script[.bytes],
                count: script.ownHosts.count * (script.variant == .attack ? 4 : 1), in: script.window))
    }
}
