import IncidentCatalog
import Truth
import ByteText
import KeyedRandom
import ScenarioSpec
import SimTime
import TailnetControl
import TailnetModel

extension IncidentScripts {
    static let devices: [(kind: String, script: Script)] = [
        ("mass-device-deletion", { massDeviceDeletion(&$0) }), ("unauthorised-device", { unauthorisedDevice(&$0) }),
        ("node-shared-out", { nodeSharedOut(&$0) }), ("subnet-route-then-traffic", { subnetRoute(&$0) }),
        ("exit-node-advertised", { exitNodeAdvertised(&$0) }),
    ]

    private static func massDeviceDeletion(_ script: inout IncidentScript) {
        let admin = script.incident.user
        let second = script.other(at: script.window.start)
        let nodes = script.incident.ownNodes
        if script.variant == .attack { script.login() }
        for node in nodes { script.addTarget(IncidentParty(node: node, of: script.world.plan)) }
        var number = 0
        script.forEachMoment(Int64(nodes.count), in: script.part(50, 950)) { script, time, _ in
            let user = script.variant == .lookalike && number % 2 == 1 ? second : admin
            script.change(at: time, by: user, .delete(node: nodes[number]))
            number += 1
        }
    }

    private static func unauthorisedDevice(_ script: inout IncidentScript) {
        let plan = script.world.plan
        let approval = script.world.admin(besides: nil, at: script.window.start, key: script.key)
        let wait: Int64 =
            switch script.variant {
            case .attack: 500
            case .over: 700
            case .under, .lookalike: 5
            }
        for (number, node) in script.incident.ownNodes.enumerated() {
            script.addActor(IncidentParty(node: node, of: plan))
            let joined = script.time(permille: 5 + Int64(number) * 2)
            script.change(at: joined, by: script.incident.user, .join(node: node))
            script.change(
                at: script.time(permille: 15 + wait + Int64(number)), by: approval, .changeNode(.approve, node: node))
            let last = script.time(permille: 980 + Int64(number))
            if script.variant != .lookalike || number == 0 {
                script.change(
                    at: last, by: script.world.admin(besides: approval, at: last, key: script.key), .delete(node: node))
            }
        }
        guard let device = script.ownNodes.first else { return }
        let start = script.time(permille: 20 + wait)
        let open = script.world.reachable(script.targetNodes, from: device, ports: [443, 22, 80, 8443], at: start)
        let targets = script.inDrawnOrder(open.isEmpty ? script.targetNodes : open.map(\.node))
        script.connect(
            Burst(
                sources: script.ownNodes, targets: targets, ports: [open.first?.port ?? 443],
                count: Int(script[.sessions]), window: script.part(40 + wait, 960)))
        script.stage(0, script.part(0, 20 + wait))
        script.stage(1, script.part(20 + wait, 970))
        script.stage(2, script.part(970, 1_000))
    }

    private static func nodeSharedOut(_ script: inout IncidentScript) {
        let admin = script.incident.user
        if script.variant == .attack { script.login() }
        for (number, node) in script.inDrawnOrder(script.targetNodes).prefix(Int(script[.items])).enumerated() {
            let name = "\(script.incident.id)-share-\(number + 1)"
            let email = "lee-\(number + 1)@marrowgate.example"
            script.addTarget(IncidentParty(node: Int(node), of: script.world.plan))
            let offer = NodeShare(node: Int(node), label: email, email: email)
            func share(_ step: ObjectChange.Share) -> ControlAction { .changeObject(.share(step, name: name)) }
            let shift = Int64(number) * 20
            guard script.variant != .lookalike else {
                script.assume { $0.shares[name] = NodeShare(node: Int(node), label: email, isAccepted: true) }
                script.change(at: script.time(permille: 300), by: admin, share(.update))
                continue
            }
            script.change(at: script.time(permille: 60 + shift), by: admin, share(.create(offer)))
            guard script.variant != .under else {
                script.change(at: script.time(permille: 500), by: admin, share(.cancel))
                continue
            }
            script.change(at: script.time(permille: 200 + shift), share(.accept))
            let last = script.time(permille: 900 + shift)
            script.change(at: last, by: script.other(at: last), share(.end))
        }
        if script.variant.isToBeDetected { script.stageRemediation(from: 900) }
    }

    private static func subnetRoute(_ script: inout IncidentScript) {
        let admin = script.incident.user
        let router = Int(script.node)
        let routes = script.world.plan.nodes[router].approvedRoutes.filter { !$0.isDefaultRoute }
        let other = script.world.plan.nodes[router].hostName
        let first = script.time(permille: 60)
        let last = script.time(permille: 900)
        if script.variant == .attack { script.login() }
        if script.variant == .under {
            script.change(at: first, by: admin, .changeNode(.rename("\(other)-a"), node: router))
            script.change(at: last, by: admin, .changeNode(.rename(other), node: router))
        } else if let added = IPPrefix("10.199.\(script.key.draw(40, below: 200)).0/24") {
            script.change(at: first, by: admin, .changeNode(.setRoutes(routes + [added]), node: router))
            if script.variant.isToBeDetected {
                script.change(at: last, by: script.other(at: last), .changeNode(.setRoutes(routes), node: router))
                script.stageRemediation(from: 900)
            }
        }
        // The connections come from a laptop; the hosts lie behind the router.
        let laptops = script.world.plan.nodes.indices.prefix(script.world.plan.ordinaryNodeCount).filter {
            script.world.plan.roles[$0] == .laptop && script.world.plan.nodes[$0].owner != nil
        }
        guard let laptop = script.drawn(laptops.map { EndpointID($0) }) else { return }
        script.addActor(IncidentParty(node: Int(laptop), of: script.world.plan))
        script.connect(
            Burst(
                sources: [laptop], targets: script.ownHosts, ports: [445], count: Int(script[.sessions]),
                window: script.part(150, 850)))
    }

    private static func exitNodeAdvertised(_ script: inout IncidentScript) {
        let admin = script.incident.user
        let plan = script.world.plan
        if script.variant == .attack { script.login() }
        let servers = script.targetNodes.filter {
            !plan.nodes[Int($0)].approvedRoutes.contains(where: \.isDefaultRoute)
        }
        for (number, server) in script.inDrawnOrder(servers).prefix(Int(script[.items])).enumerated() {
            let node = Int(server)
            let first = script.time(permille: 60 + Int64(number) * 20)
            let last = script.time(permille: 900 + Int64(number) * 20)
            script.addTarget(IncidentParty(node: node, of: plan))
            guard script.variant != .under else {
                let name = plan.nodes[node].hostName
                script.change(at: first, by: admin, .changeNode(.rename("\(name)-a"), node: node))
                script.change(at: last, by: admin, .changeNode(.rename(name), node: node))
                continue
            }
            let isAPI = script.variant == .lookalike
            script.change(at: first, by: admin, throughAPI: isAPI, .changeNode(.setExitNode(true), node: node))
            guard !isAPI else { continue }
            script.change(at: last, by: script.other(at: last), .changeNode(.setExitNode(false), node: node))
        }
        if script.variant.isToBeDetected { script.stageRemediation(from: 900) }
    }
}
