import IncidentCatalog
import Truth
import ByteText
import KeyedRandom
import ScenarioSpec
import SimTime
import TailnetControl
import TailnetModel

extension IncidentScripts {
    static let credentials: [(kind: String, script: Script)] = [
        ("unauthorized-api-calls", { unauthorizedAPICalls(&$0) }),
        ("api-credential-stuffing", { apiCredentialStuffing(&$0) }),
        ("token-minted-then-used", { tokenMintedThenUsed(&$0) }), ("write-scope-client", { writeScopeClient(&$0) }),
        ("mass-revocation", { massRevocation(&$0) }), ("reusable-auth-key", { reusableAuthKey(&$0) }),
        ("secret-scanner-hit", { secretScannerHit(&$0) }),
    ]

    private static func unauthorizedAPICalls(_ script: inout IncidentScript) {
        let requests = FailedRequests(script.world.plan.tailnet.organization)
        script.forEachMoment(script[.requests], in: script.window) { script, time, key in
            script.change(at: time, client: script.incident.oauthClient, .failRequest(requests.request(key.draw(8))))
        }
    }

    private static func apiCredentialStuffing(_ script: inout IncidentScript) {
        let plan = script.world.plan
        let requests = FailedRequests(plan.tailnet.organization)
        // Users and programs, in an order of the incident's own.
        let users = plan.users.indices.map { (user: Int?.some($0), client: Int?.none, name: plan.users[$0].key) }
        let clients = plan.oauthClients.indices.map {
            (user: Int?.none, client: Int?.some($0), name: plan.oauthClients[$0].key)
        }
        let key = script.key.key("credentials")
        let actors = (users + clients).filter { actor in
            actor.user.map { script.world.control.isActive(user: $0, at: script.window.start) } ?? true
        }.sorted { key.key($0.name).bits < key.key($1.name).bits }.prefix(Int(script[.items]))
        guard !actors.isEmpty else { return }
        for actor in actors {
            if let user = actor.user { script.addActor(IncidentParty(user: user, of: plan)) }
            if let client = actor.client { script.addActor(IncidentParty(id: plan.oauthClients[client].stableID)) }
        }
        let list = Array(actors)
        var turn = 0
        script.forEachMoment(script[.requests], in: script.window) { script, time, key in
            let actor = list[turn % list.count]
            turn += 1
            script.change(
                at: time, by: actor.user, client: actor.client, throughAPI: true,
                .failRequest(requests.request(key.draw(8))))
        }
    }

    private static func tokenMintedThenUsed(_ script: inout IncidentScript) {
        let admin = script.incident.user
        let name = "\(script.incident.id)-token"
        let servers = script.inDrawnOrder(script.targetNodes).map { Int($0) }
        guard !servers.isEmpty else { return }
        let made = script.time(permille: 60)
        func use(_ script: inout IncidentScript, by user: Int?, client: Int?, throughAPI: Bool) {
            var number = 0
            script.forEachMoment(script[.requests], in: script.part(100, 850)) { script, time, _ in
                let value = "\"stage-\(number % 7)\""
                let change = NodeChange.setAttribute(name: "custom:stage", value: value)
                script.change(
                    at: time, by: user, client: client, throughAPI: throughAPI,
                    .changeNode(change, node: servers[number % servers.count]))
                number += 1
            }
        }
        let client = script.incident.oauthClient
        guard script.variant != .lookalike else {
            script.change(at: made, client: client, .mintToken)
            use(&script, by: nil, client: client, throughAPI: true)
            return
        }
        if script.variant == .attack { script.login() }
        script.change(at: made, by: admin, .createAPIToken(name: name))
        let other = script.other(at: script.time(permille: 950))
        if script.variant == .under {
            use(&script, by: other, client: nil, throughAPI: false)
        } else {
            use(&script, by: admin, client: nil, throughAPI: true)
        }
        script.change(at: script.time(permille: 950), by: other, .revokeKey(name: name))
        script.stage(0, script.part(0, 100))
        script.stage(1, script.part(100, 900))
        script.stage(2, script.part(900, 1_000))
    }

    private static func writeScopeClient(_ script: inout IncidentScript) {
        let isWriting = script.variant.isToBeDetected
        if script.variant == .attack { script.login() }
        let scopes = ["devices:core", "auth_keys", "policy_file"]
        for number in 0..<Int(script[.items]) {
            let name = "\(script.incident.id)-client-\(number + 1)"
            let scope = scopes[number % scopes.count]
            script.change(
                at: script.time(permille: 80 + Int64(number) * 40), by: script.incident.user,
                .createOAuthClient(name: name, scopes: isWriting ? "\(scope):write" : "\(scope):read"))
            guard script.variant != .lookalike else { continue }
            let last = script.time(permille: 900 + Int64(number) * 10)
            script.change(at: last, by: script.other(at: last), .revokeKey(name: name))
        }
        if isWriting { script.stageRemediation(from: 900) }
    }

    /// A record of a key that was made long ago.
    private static func revoked(
        _ script: IncidentScript, _ number: Int, origin: AuditOrigin = .adminConsole, actor: AuditActorKind = .worker,
        code: String = "API_KEY.REVOKE"
    ) -> ControlAction {
        .log(
            LoggedChange(
                code: code, origin: origin, actorKind: actor,
                name: "\(script.incident.id) key \(number)"))
    }

    private static func massRevocation(_ script: inout IncidentScript) {
        let admin = script.incident.user
        let second = script.other(at: script.window.start)
        if script.variant == .attack { script.login() }
        var number = 0
        // Within one clock hour, whatever the hour's minute.
        script.forEachMoment(script[.items], in: script.part(60, 560)) { script, time, _ in
            number += 1
            let isRotation = script.variant == .lookalike
            let user = isRotation && number % 2 == 0 ? second : admin
            if isRotation {
                script.change(
                    at: time, by: user,
                    .createAuthKey(
                        name: "\(script.incident.id)-new-\(number)", reusable: true, ephemeral: false, tags: []))
            }
            script.change(at: time + .seconds(2), by: user, revoked(script, number))
        }
        guard script.variant.isToBeDetected else { return }
        let last = script.time(permille: 900)
        script.change(
            at: last, by: script.other(at: last),
            .createAuthKey(name: "\(script.incident.id)-again", reusable: true, ephemeral: false, tags: []))
        script.stageRemediation(from: 900)
    }

    private static func reusableAuthKey(_ script: inout IncidentScript) {
        let admin = script.incident.user
        if script.variant == .attack { script.login() }
        if script.variant == .under {
            script.change(at: script.time(permille: 200), by: admin, revoked(script, 1))
            return
        }
        let isOnce = script.variant == .lookalike
        for number in 0..<Int(script[.items]) {
            let name = "\(script.incident.id)-key-\(number + 1)"
            script.change(
                at: script.time(permille: 80 + Int64(number) * 40), by: admin,
                .createAuthKey(
                    name: name, reusable: !isOnce, ephemeral: isOnce, tags: [],
                    lifetime: isOnce ? .hours(1) : .days(90)))
            guard !isOnce else { continue }
            let last = script.time(permille: 900 + Int64(number) * 10)
            script.change(at: last, by: script.other(at: last), .revokeKey(name: name))
        }
        if !isOnce { script.stageRemediation(from: 900) }
    }

    private static func secretScannerHit(_ script: inout IncidentScript) {
        let admin = script.world.admin(besides: nil, at: script.window.start, key: script.key)
        for number in 0..<Int(script[.items]) {
            let time = script.time(permille: 80 + Int64(number) * 60)
            let id = StableID.text(
                .key,
                script.world.root.key("object").key("API_KEY").key("\(script.incident.id) key \(number + 1)")
                    .draw(0, below: StableID.largestNumber))
            script.addTarget(IncidentParty(id: id))
            switch script.variant {
            case .attack, .over:
                script.change(
                    at: time, revoked(script, number + 1, origin: .configAPI, actor: .secretScanner))
            case .under:
                script.change(
                    at: time, revoked(script, number + 1, origin: .control, actor: .worker, code: "API_KEY.EXPIRED"))
            case .lookalike: script.change(at: time, by: admin, revoked(script, number + 1))
            }
        }
        guard script.variant.isToBeDetected else { return }
        script.change(
            at: script.time(permille: 900), by: admin,
            .createAuthKey(name: "\(script.incident.id)-again", reusable: true, ephemeral: false, tags: []))
        script.stageRemediation(from: 900)
    }
}
