import IncidentCatalog
import Truth
import ScenarioSpec
import SimTime
import TailnetControl
import TailnetModel

extension IncidentScripts {
    static let inventory: [(kind: String, script: Script)] = [
        ("unsigned-device", { unsignedDevice(&$0) }), ("tailscale-ssh-enabled", { sshEnabled(&$0) }),
        ("external-device", { externalDevice(&$0) }),
    ]

    private static func unsignedDevice(_ script: inout IncidentScript) {
        let plan = script.world.plan
        let admin = script.world.admin(besides: nil, at: script.window.start, key: script.key)
        for (number, node) in script.incident.ownNodes.enumerated() {
            script.addActor(IncidentParty(node: node, of: plan))
            let shift = Int64(number) * 2
            let joined = script.change(
                at: script.time(permille: 5 + shift), by: script.incident.user, .join(node: node))
            script.change(at: script.time(permille: 8 + shift), by: admin, .changeNode(.approve, node: node))
            var end = script.time(permille: 980 + shift)
            if script.variant.isToBeDetected {
                end = script.change(
                    at: end, by: script.world.admin(besides: admin, at: end, key: script.key), .delete(node: node))
            } else {
                end = script.change(
                    at: script.time(permille: 10 + shift), by: admin, .changeNode(.sign, node: node))
            }
            script.show(.isUnsigned, of: node, in: TimeWindow(start: joined, end: end))
        }
        if script.variant.isToBeDetected { script.stageRemediation(from: 980) }
    }

    private static func sshEnabled(_ script: inout IncidentScript) {
        let servers = script.inDrawnOrder(
            script.targetNodes.filter { !script.world.plan.nodes[Int($0)].runsSSH })
        let chosen = Array(servers.prefix(Int(script[.items])))
        guard !chosen.isEmpty else { return }
        if script.variant != .under {
            for (number, server) in chosen.enumerated() {
                script.show(.runsSSH, of: Int(server), in: script.part(50 + Int64(number) * 10, 1_000))
            }
        }
        script.connect(
            Burst(
                sources: [script.node], targets: chosen, ports: [22], count: Int(script[.sessions]),
                window: script.part(200, 950), duration: .seconds(20...300), up: 4_000...60_000,
                down: 9_000...200_000))
        script.stage(0, script.part(0, 200))
        script.stage(1, script.part(200, 1_000))
    }

    private static func externalDevice(_ script: inout IncidentScript) {
        for node in script.incident.ownNodes { script.addActor(IncidentParty(node: node, of: script.world.plan)) }
        script.connect(
            Burst(
                sources: script.ownNodes, targets: script.inDrawnOrder(script.targetNodes), ports: [443, 22],
                count: Int(script[.sessions]), window: script.part(150, 950)))
        script.stage(0, script.part(0, 150))
        script.stage(1, script.part(150, 1_000))
    }
}
