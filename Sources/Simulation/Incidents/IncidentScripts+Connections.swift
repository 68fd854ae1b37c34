import IncidentCatalog
import Truth
import KeyedRandom
import ScenarioSpec
import SimTime
import TailnetModel

extension IncidentScripts {
    static let connections: [(kind: String, script: Script)] = [
        ("port-22-spike", { port22Spike(&$0) }), ("ssh-brute-force", { bruteForce(&$0) }),
        ("rdp-brute-force", { bruteForce(&$0) }), ("lateral-movement", { lateralMovement(&$0) }),
        ("beaconing", { beaconing(&$0) }), ("dns-tunnel", { dnsTunnel(&$0) }),
    ]

    private static func port22Spike(_ script: inout IncidentScript) {
        // Password guesses: short connections of some kilobytes each way.
        script.connect(
            Burst(
                sources: [script.node], targets: script.targetNodes, ports: [22], count: Int(script[.sessions]),
                window: script.window, aim: .drawn))
    }

    private static func bruteForce(_ script: inout IncidentScript) {
        let port = UInt16(script[.port])
        // Where the policy lets some be reached, one of those is attacked.
        let open = script.world.reachable(
            script.targetNodes, from: script.node, ports: [port], at: script.window.start
        ).map(\.node)
        guard let target = script.drawn(open.isEmpty ? script.targetNodes : open) else { return }
        script.connect(
            Burst(
                sources: [script.node], targets: [target], ports: [port], count: Int(script[.sessions]),
                window: script.window))
    }

    private static func lateralMovement(_ script: inout IncidentScript) {
        let order = script.inDrawnOrder(script.targetNodes)
        guard order.count > 1 else { return }
        let hops = min(Int(script[.items]), order.count)
        for hop in 0..<hops {
            // A tree: each machine is entered once, from the laptop or from one that was entered before.
            let source = hop == 0 ? script.node : order[(hop - 1) / 2]
            script.connect(
                Burst(
                    sources: [source], targets: [order[hop]], ports: [UInt16(script[.port])], count: 1,
                    window: script.part(Int64(1_000 * hop / hops), Int64(1_000 * (hop + 1) / hops)),
                    duration: .seconds(20...90), up: 4_000...60_000, down: 9_000...200_000))
        }
    }

    private static func beaconing(_ script: inout IncidentScript) {
        let open = script.world.reachable(
            script.targetNodes, from: script.node, ports: [8443, 443, 8080, 80], at: script.window.start)
        guard let target = script.drawn(open.isEmpty ? script.targetNodes : open.map(\.node)) else { return }
        let port = open.first { $0.node == target }?.port ?? 8443
        let every = max(.seconds(1), script.span(.every))
        let count = min(script[.sessions], script.window.length / every)
        // A slot is a beat: the burst lasts as many.
        let window = TimeWindow(start: script.window.start, end: script.window.start + every * count)
        script.connect(
            Burst(
                sources: [script.node], targets: [target], ports: [port], count: Int(count), window: window,
                rhythm: .regular(jitter: .milliseconds(300)), duration: .milliseconds(30...200), up: 180...420,
                down: 90...300))
    }

    private static func dnsTunnel(_ script: inout IncidentScript) {
        let isDNS = script.variant.isToBeDetected
        let others = script.targetNodes.filter { target in
            !script.world.admits(script.node, target, proto: 17, port: 53, at: script.window.start)
        }
        guard let target = script.drawn(others) else { return }
        script.connect(
            Burst(
                sources: [script.node], targets: [target], ports: [isDNS ? 53 : 8053], proto: isDNS ? 17 : 6,
                count: Int(script[.sessions]), window: script.window, duration: .milliseconds(8...60),
                up: 120...220, down: 90...400))
    }
}
