import IncidentCatalog
import Truth
import KeyedRandom
import ScenarioSpec
import SimTime
import TailnetControl
import TailnetModel

extension IncidentScripts {
    static let stories: [(kind: String, script: Script)] = [
        ("intrusion", { intrusion(&$0) }), ("stolen-key", { stolenKey(&$0) }), ("insider", { insider(&$0) }),
    ]

    /// A copy of so many bytes from a server, over SSH or what else is open.
    private static func copy(
        _ source: EndpointID, _ server: (node: EndpointID, port: UInt16), bytes: Int64, in window: TimeWindow,
        count: Int = 1
    ) -> Burst {
        Burst(
            sources: [source], targets: [server.node], ports: [server.port], count: count, window: window,
            duration: .seconds(5...30), up: 40_000...90_000,
            down: UInt64(bytes)...UInt64(bytes + bytes / 40))
    }

    private static func probes(
        _ script: IncidentScript, from source: EndpointID, _ target: EndpointID, in window: TimeWindow
    ) -> Burst {
        let ports = script.scannedPorts(Int(script[.ports]))
        return Burst(
            sources: [source], targets: [target], ports: ports, count: ports.count, window: window,
            duration: .milliseconds(4...900), up: 0...60, down: 0...240)
    }

    private static func intrusion(_ script: inout IncidentScript) {
        let start = script.window.start
        let open = script.world.reachable(script.targetNodes, from: script.node, ports: [22, 443, 80], at: start)
        let order = script.inDrawnOrder(open.isEmpty ? script.targetNodes : open.map(\.node))
        guard let first = order.first, let last = order.last else { return }
        script.stage(0, script.part(0, 180))
        // Within ten minutes, as the rules that count logins look.
        script.connect(
            Burst(
                sources: [script.node], targets: [first], ports: [22], count: Int(script[.sessions]),
                window: script.part(0, 150)))
        script.stage(1, script.part(200, 450))
        script.connect(probes(script, from: script.node, order[order.count / 2], in: script.part(200, 400)))
        script.stage(2, script.part(450, 700))
        let hops = min(Int(script[.items]), max(0, order.count - 1))
        for hop in 0..<hops {
            script.connect(
                Burst(
                    sources: [first], targets: [order[1 + hop % max(1, order.count - 1)]], ports: [22], count: 1,
                    window: script.part(
                        450 + Int64(250 * hop / max(1, hops)), 450 + Int64(250 * (hop + 1) / max(1, hops))),
                    duration: .seconds(20...60), up: 4_000...60_000, down: 9_000...200_000))
        }
        script.stage(3, script.part(700, 1_000))
        let server = open.first { $0.node == last } ?? (node: last, port: 22)
        script.connect(copy(script.node, server, bytes: script[.bytes], in: script.part(700, 800)))
    }

    private static func stolenKey(_ script: inout IncidentScript) {
        guard let device = script.ownNodes.first else { return }
        let admin = script.incident.user
        let name = "\(script.incident.id)-key"
        script.stage(0, script.part(0, 50))
        script.change(
            at: script.window.start, by: admin,
            .createAuthKey(name: name, reusable: script.variant.isToBeDetected, ephemeral: false, tags: []))
        script.stage(1, script.part(0, 100))
        script.addActor(IncidentParty(node: Int(device), of: script.world.plan))
        let joined = script.time(permille: 30)
        script.change(at: joined, by: admin, .join(node: Int(device)))
        script.stage(2, script.part(100, 400))
        let open = script.world.reachable(
            script.targetNodes, from: device, ports: [443, 22, 80, 8443], at: script.time(permille: 100))
        let order = script.inDrawnOrder(open.isEmpty ? script.targetNodes : open.map(\.node))
        guard let first = order.first, let last = order.last else { return }
        script.connect(probes(script, from: device, first, in: script.part(100, 350)))
        script.stage(3, script.part(400, 900))
        let server = open.first { $0.node == last } ?? (node: last, port: 443)
        script.connect(copy(device, server, bytes: script[.bytes], in: script.part(400, 500)))
        script.stage(4, script.part(900, 1_000))
        let other = script.world.admin(besides: admin, at: script.time(permille: 950), key: script.key)
        script.change(at: script.time(permille: 950), by: other, .delete(node: Int(device)))
        script.change(at: script.time(permille: 970), by: other, .revokeKey(name: name))
    }

    private static func insider(_ script: inout IncidentScript) {
        let admin = script.incident.user
        let name = "\(script.incident.id)-token"
        let isLoud = script.variant.isToBeDetected
        script.stage(0, script.part(0, 100))
        script.change(at: script.window.start, by: admin, .console(isLogin: true))
        if isLoud { script.change(at: script.time(permille: 40), by: admin, .createAPIToken(name: name)) }
        script.stage(1, script.part(100, 700))
        let open = script.world.reachable(
            script.targetNodes, from: script.node, ports: [443, 22, 445, 80, 8443, 5432], at: script.window.start)
        let order = script.inDrawnOrder(open.map(\.node))
        let copies = Int(script[.items])
        for number in 0..<(order.isEmpty ? 0 : copies) {
            let node = order[number % order.count]
            guard let server = open.first(where: { $0.node == node }) else { continue }
            let from = 100 + Int64(550 * number / copies)
            script.connect(copy(script.node, server, bytes: script[.bytes], in: script.part(from, from + 50)))
        }
        script.stage(2, script.part(700, 900))
        let stream = LogDestination(provider: "", place: nil)
        script.assume { $0.setDestination(ofLog: "network", stream) }
        script.change(
            at: script.time(permille: 720), by: admin,
            .changeObject(isLoud ? .logStream(.delete, log: "network") : .webhook(.rotate, name: "network")))
        script.stage(3, script.part(900, 1_000))
        guard isLoud else { return }
        let other = script.world.admin(besides: admin, at: script.time(permille: 920), key: script.key)
        script.change(
            at: script.time(permille: 920), by: other, .changeObject(.logStream(.create(stream), log: "network")))
        script.change(at: script.time(permille: 940), by: other, .revokeKey(name: name))
    }
}
