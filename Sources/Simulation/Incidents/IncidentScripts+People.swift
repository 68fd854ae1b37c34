import IncidentCatalog
import Truth
import ByteText
import KeyedRandom
import ScenarioSpec
import SimTime
import TailnetControl
import TailnetModel

extension IncidentScripts {
    static let people: [(kind: String, script: Script)] = [
        ("role-escalation", { roleEscalation(&$0) }), ("first-seen-admin", { firstSeenAdmin(&$0) }),
        ("off-hours-administration", { offHoursAdministration(&$0) }), ("user-invited", { userInvited(&$0) }),
        ("concurrent-sessions", { concurrentSessions(&$0) }),
    ]

    /// Members who are there, in an order of the incident's own; those without a device first.
    private static func members(_ script: IncidentScript) -> [Int] {
        let plan = script.world.plan
        let owners = Set(plan.nodes.compactMap(\.owner))
        let key = script.key.key("members")
        let found = plan.users.indices.filter {
            plan.users[$0].role == .member
                && script.world.control.isActive(user: $0, at: script.window.start)
        }
        return found.sorted { left, right in
            if owners.contains(left) != owners.contains(right) { return !owners.contains(left) }
            return key.key(plan.users[left].key).bits < key.key(plan.users[right].key).bits
        }
    }

    private static func roleEscalation(_ script: inout IncidentScript) {
        let admin = script.incident.user
        if script.variant == .attack { script.login() }
        for (number, member) in members(script).prefix(Int(script[.items])).enumerated() {
            let first = script.time(permille: 60 + Int64(number) * 30)
            let last = script.time(permille: 900 + Int64(number) * 20)
            script.addTarget(IncidentParty(user: member, of: script.world.plan))
            func set(_ role: UserRole) -> ControlAction { .changeUser(.setRole(role), user: member) }
            switch script.variant {
            case .attack:
                script.change(at: first, by: admin, set(.admin))
                script.change(at: last, by: script.other(at: last), set(.member))
            case .over:
                script.change(at: first, by: admin, set(.networkAdmin))
                script.change(at: last, by: script.other(at: last), set(.member))
            case .under: script.change(at: first, .changeUser(.push, user: member))
            case .lookalike: script.change(at: first, by: admin, set(.auditor))
            }
        }
        if script.variant.isToBeDetected { script.stageRemediation(from: 900) }
    }

    private static func firstSeenAdmin(_ script: inout IncidentScript) {
        let admin = script.incident.user
        guard script.variant != .under, let member = members(script).first else {
            script.change(at: script.time(permille: 100), by: admin, .console(isLogin: true))
            script.change(at: script.time(permille: 500), by: admin, .console(isLogin: false))
            return
        }
        script.addActor(IncidentParty(user: member, of: script.world.plan))
        let role: UserRole = script.variant == .attack ? .admin : .auditor
        script.change(
            at: script.time(permille: 50), by: admin, .changeUser(.setRole(role), user: member))
        for number in 0..<(script.variant == .attack ? 3 : 1) {
            script.change(
                at: script.time(permille: 150 + Int64(number) * 200), by: member, .console(isLogin: true))
        }
        guard script.variant != .lookalike else { return }
        if script.variant == .attack {
            for number in 1...2 {
                script.change(
                    at: script.time(permille: 200 + Int64(number) * 60), by: member,
                    .createAuthKey(
                        name: "\(script.incident.id)-key-\(number)", reusable: true, ephemeral: false, tags: []))
            }
        }
        let last = script.time(permille: 900)
        script.change(at: last, by: script.other(at: last), .changeUser(.setRole(.member), user: member))
        script.stage(0, script.part(0, 100))
        script.stage(1, script.part(100, 900))
        script.stage(2, script.part(900, 1_000))
    }

    private static func offHoursAdministration(_ script: inout IncidentScript) {
        let plan = script.world.plan
        let isAttack = script.variant.isToBeDetected
        let key = script.key.key("admins")
        // An admin and an hour of the window in which the clock of the office and the admin's own say what is wanted.
        let admins = plan.users.indices.filter { [.owner, .admin].contains(plan.users[$0].role) }
            .sorted { key.key(plan.users[$0].key).bits < key.key(plan.users[$1].key).bits }
        let window = script.window
        let hours = sequence(first: window.start) { $0 + .hours(1) }.prefix { $0 < window.end - .hours(1) }
        func isWanted(_ instant: Instant, _ user: Int) -> Bool {
            let isOffice = isWorking(WorkingHours(start: .hours(8), end: .hours(18), weekends: false), instant)
            let local = instant + script.world.userZones[user].offset(at: instant)
            let isOwn = isWorking(plan.workingHours[user], local)
            switch script.variant {
            case .attack, .over: return !isOffice && !isOwn
            case .under: return isOffice
            case .lookalike: return !isOffice && isOwn
            }
        }
        // The end of the hour must be as wanted as its beginning.
        let found = admins.lazy.flatMap { user in hours.map { (user: user, start: $0) } }.first {
            isWanted($0.start, $0.user) && isWanted($0.start + .hours(1) - .nanoseconds(1), $0.user)
        }
        guard let (user, start) = found else { return }
        script.addActor(IncidentParty(user: user, of: plan))
        let part = TimeWindow(start: start, end: start + .hours(1))
        if script.variant == .attack {
            script.change(at: part.start, by: user, .console(isLogin: true))
        }
        var number = 0
        var names: [String] = []
        let working = TimeWindow(start: part.start + .minutes(1), end: part.end - .minutes(1))
        script.forEachMoment(script[.items], in: working) { script, time, _ in
            number += 1
            let name = "\(script.incident.id)-key-\(number)"
            names.append(name)
            script.change(
                at: time, by: user, .createAuthKey(name: name, reusable: false, ephemeral: false, tags: []))
        }
        guard isAttack else { return }
        let last = script.time(permille: 990)
        let other = script.world.admin(besides: user, at: last, key: script.key)
        for name in names { script.change(at: last, by: other, .revokeKey(name: name)) }
        script.stage(0, part)
        script.stage(1, script.part(980, 1_000))
    }

    /// Whether an instant, in somebody's local time, lies in working hours.
    private static func isWorking(_ hours: WorkingHours, _ local: Instant) -> Bool {
        let day = local.daysSinceEpoch
        if !hours.weekends, CivilDate.weekday(daysSinceEpoch: day) >= 5 { return false }
        let time = local - .epoch - .days(day)
        return time >= hours.start && time < hours.end
    }

    private static func userInvited(_ script: inout IncidentScript) {
        let admin = script.incident.user
        let organization = script.variant == .lookalike ? script.world.plan.tailnet.organization : "marrowgate.example"
        if script.variant == .attack { script.login() }
        for number in 1...Int(max(1, script[.items])) {
            let name = "\(script.incident.id)-invite-\(number)"
            let email = "contact-\(number)@\(organization)"
            func invite(_ step: ObjectChange.Invite) -> ControlAction { .changeObject(.invite(step, name: name)) }
            func account(_ code: String, _ origin: AuditOrigin) -> ControlAction {
                .log(LoggedChange(code: code, origin: origin, actorKind: .worker, name: email))
            }
            script.addTarget(IncidentParty(id: "", addresses: []).named(login: email))
            let shift = Int64(number) * 20
            let invitation = TailnetInvite(label: email, email: email, role: .member)
            script.change(at: script.time(permille: 60 + shift), by: admin, invite(.create(invitation)))
            guard script.variant != .under else {
                script.change(at: script.time(permille: 500), by: admin, invite(.cancel))
                continue
            }
            script.change(at: script.time(permille: 200 + shift), invite(.accept))
            script.change(at: script.time(permille: 210 + shift), account("USER.CREATE", .control))
            guard script.variant.isToBeDetected else { continue }
            let last = script.time(permille: 900 + shift)
            script.change(at: last, by: script.other(at: last), account("USER.DELETE", .adminConsole))
        }
        if script.variant.isToBeDetected { script.stageRemediation(from: 900) }
    }

    private static func concurrentSessions(_ script: inout IncidentScript) {
        let admin = script.incident.user
        let other = script.other(at: script.window.start)
        let count = Int(script[.items])
        for number in 0..<count {
            let time = script.time(permille: 40 + Int64(900 * number / max(1, count)))
            let who = script.variant == .lookalike && number % 2 == 1 ? other : admin
            script.change(at: time, by: who, .console(isLogin: true))
            if script.variant == .under {
                script.change(at: time + .seconds(90), by: who, .console(isLogin: false))
            }
        }
    }
}

extension IncidentParty {
    /// The same with a login.
    fileprivate func named(login: String) -> IncidentParty {
        var party = self
        party.login = login
        return party
    }
}
