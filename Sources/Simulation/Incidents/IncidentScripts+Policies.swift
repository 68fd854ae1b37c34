import Truth
import ByteText
import ScenarioSpec
import SimTime
import TailnetModel

extension IncidentScripts {
    static let policies: [(kind: String, script: Script)] = [
        ("policy-opened", { policyOpened(&$0) }), ("ssh-opened", { sshOpened(&$0) }),
    ]

    private static func policyOpened(_ script: inout IncidentScript) {
        let policy = script.world.policy(at: script.window.start)
        let member = script.world.plan.users.first { $0.role == .member } ?? script.world.plan.users[0]
        let address = script.world.plan.nodes.first { $0.owner == nil }?.ipv4.description ?? "100.64.0.1"
        let rule =
            switch script.variant {
            case .attack, .over: #"{"action": "accept", "src": ["*"], "dst": ["*:*"]}"#
            case .under: #"{"action": "accept", "src": ["autogroup:member"], "dst": ["*:*"]}"#
            case .lookalike:
                "{\"action\": \"accept\", \"src\": [\(member.login.jsonQuoted)], \"dst\": [\"\(address):8443\"]}"
            }
        // The service refuses a file whose tests fail, and an open door fails what says that it is shut.
        let opened = PolicyEdit.inserting(rule, into: ["acls"], of: PolicyEdit.without("tests", of: policy))
        edit(&script, from: policy, to: opened)
    }

    private static func sshOpened(_ script: inout IncidentScript) {
        let policy = script.world.policy(at: script.window.start)
        let admin = script.incident.user.map { script.world.plan.users[$0].login } ?? ""
        let tag = script.world.plan.nodes.first { !$0.tags.isEmpty }?.tags[0] ?? "autogroup:tagged"
        func rule(_ action: String, _ source: [String], _ target: String, _ users: [String]) -> String {
            func list(_ items: [String]) -> String { "[\(items.map(\.jsonQuoted).joined(separator: ", "))]" }
            return "{\"action\": \(action.jsonQuoted), \"src\": \(list(source)), "
                + "\"dst\": [\(target.jsonQuoted)], \"users\": \(list(users))}"
        }
        let everybody = ["root", "autogroup:nonroot"]
        let text =
            switch script.variant {
            case .attack: rule("accept", ["autogroup:member", "autogroup:tagged"], "autogroup:tagged", everybody)
            case .over: rule("accept", ["autogroup:member"], "autogroup:tagged", everybody)
            case .under: rule("check", ["autogroup:member"], "autogroup:tagged", ["autogroup:nonroot"])
            case .lookalike: rule("check", [admin], tag, ["root"])
            }
        let opened = PolicyEdit.inserting(text, into: ["ssh"], of: PolicyEdit.without("sshTests", of: policy))
        edit(&script, from: policy, to: opened)
    }

    private static func edit(_ script: inout IncidentScript, from old: String, to new: String) {
        if script.variant == .attack { script.login() }
        script.editPolicy(at: script.time(permille: 100), by: script.incident.user, text: new)
        let last = script.time(permille: 900)
        script.editPolicy(at: last, by: script.other(at: last), text: old)
        script.stageRemediation(from: 900)
    }
}
