import KeyedRandom
import ScenarioSpec
import SimTime
import TailnetControl
import TailnetModel

// The groups of what happens by habit: visits, checks, attributes, keys, tokens and mistakes.
extension AuditTimeline {
    private static let bucket = TimeSpan.minutes(5)

    /// Calls `body` with the groups of all habits in `window`.
    func forEachHabit(_ window: TimeWindow, _ body: (AuditGroup) -> Void) {
        days.forEachMoment(window) { moment in
            if let group = group(moment) { body(group) }
        }
        forEachToken(window, body)
        forEachMistake(window, body)
    }

    /// The group of a moment; nil where who would act is not there, or may not.
    private func group(_ moment: AuditDays.Moment) -> AuditGroup? {
        let time = moment.time
        let who = Int(moment.who)
        let entities = plane.entities
        func group(_ origin: AuditOrigin, _ actor: AuditActor, _ changes: [AuditChange], _ key: RandomKey) -> AuditGroup
        {
            AuditGroup(key: key, time: time, origin: origin, actor: actor, changes: changes)
        }
        switch moment.kind {
        case .consoleLogin, .consoleLogout, .webLogin, .webLogout:
            guard isThere(user: who, at: time), plane.control.role(ofUser: who, at: time) != .member else {
                return nil
            }
            let isLogin = moment.kind == .consoleLogin || moment.kind == .webLogin
            let isWeb = moment.kind == .webLogin || moment.kind == .webLogout
            var target = entities.targets.tailnet(type: "ADMIN_CONSOLE")
            if isWeb {
                guard
                    let node = plane.devices.member(at: moment.key.draw(4), excluding: UInt32.max).map({ Int($0) }),
                    isConnected(node, at: time)
                else { return nil }
                target = entities.node(node, at: time)
                (target.type, target.isEphemeral) = ("WEB_INTERFACE", false)
            }
            return group(
                isWeb ? .node : .adminConsole, entities.user(who), [AuditChange(isLogin ? "LOGIN" : "LOGOUT", target)],
                isLogin ? moment.key : moment.key.key("logout"))
        case .sshCheck:
            guard isConnected(who, at: time), let owner = plane.control.owner(ofNode: who, at: time)
            else { return nil }
            return group(.node, entities.user(owner), [AuditChange("LOGIN", entities.node(who, at: time))], moment.key)
        case .attribute:
            guard let client = plane.clients.member(at: moment.key.draw(2), excluding: UInt32.max),
                plane.control.isMember(node: who, at: time)
            else { return nil }
            // The attribute and its values are mocktail's own.
            let isGood = moment.key.chance(3, permille: 900)
            return group(
                .configAPI, entities.client(Int(client)),
                [
                    AuditChange(
                        "UPDATE", entities.node(who, "ATTRIBUTES", at: time),
                        old: isGood ? "{\"custom:compliant\":false}" : "{\"custom:compliant\":true}",
                        new: isGood ? "{\"custom:compliant\":true}" : "{\"custom:compliant\":false}")
                ], moment.key)
        case .expiry:
            return group(
                .control, entities.system(.worker),
                [AuditChange("EXPIRED", entities.node(who, "KEY_EXPIRY_TIME", at: time))], moment.key)
        case .renewal:
            guard let owner = plane.control.owner(ofNode: who, at: time) else { return nil }
            return group(
                .node, entities.user(owner),
                AuditChange.renewing(entities.node(who, at: time), old: moment.expiry, new: moment.next), moment.key)
        }
    }

    private func isThere(user: Int, at time: Instant) -> Bool {
        plane.plan.users[user].created <= time && plane.control.isActive(user: user, at: time)
    }

    /// Whether a node is in the tailnet with a key that has not expired.
    private func isConnected(_ node: Int, at instant: Instant) -> Bool {
        guard plane.control.isMember(node: node, at: instant) else { return false }
        guard let outage = plane.keyLife.nextOutage(ofNode: node, endingAfter: instant) else { return true }
        return outage.start > instant
    }

    /// Failed API requests of ordinary life: a script with a wrong scope, a person with a wrong role.
    ///
    /// So many in the whole tailnet; a keyed ring says whose they are, so that a newcomer only takes over.
    private func forEachMistake(_ window: TimeWindow, _ body: (AuditGroup) -> Void) {
        let perDay = UInt64(plane.plan.administration.milliFailedRequestsPerDay)
        guard perDay > 0 else { return }
        let root = world.root.key("mistakes")
        // A day has 288 buckets of five minutes.
        let mean = perDay * 65_536 / 288_000
        var start = window.start.floored(to: AuditTimeline.bucket)
        while start < window.end {
            let bucketKey = root.key(UInt64(bitPattern: start.nanoseconds))
            for ordinal in 0..<Poisson.count(mean: mean, draw: bucketKey.draw(0)) {
                let key = bucketKey.key(UInt64(ordinal))
                let time = start + TimeSpan(draw: key.draw(0), below: AuditTimeline.bucket)
                guard window.contains(time), let actor = mistaken(key, at: time) else { continue }
                body(
                    AuditGroup(
                        key: key, time: time, origin: .configAPI, actor: actor,
                        changes: [.failedRequest(plane.requests.request(key.draw(8)), plane.entities.targets)]))
            }
            start += AuditTimeline.bucket
        }
    }

    private func mistaken(_ key: RandomKey, at time: Instant) -> AuditActor? {
        if key.chance(6, permille: 700), let client = plane.clients.member(at: key.draw(7), excluding: UInt32.max) {
            return plane.entities.client(Int(client))
        }
        guard let user = plane.everybody.member(at: key.draw(7), excluding: UInt32.max).map({ Int($0) }),
            isThere(user: user, at: time)
        else { return nil }
        return plane.entities.user(user)
    }

    /// Access tokens that OAuth clients mint, each on a grid of its own with some jitter.
    private func forEachToken(_ window: TimeWindow, _ body: (AuditGroup) -> Void) {
        for (index, client) in plane.plan.oauthClients.enumerated() {
            guard let every = client.tokenEvery, every > .zero else { continue }
            let key = world.root.key("token").key(client.key)
            let phase = Instant.epoch + TimeSpan(draw: key.draw(0), below: every)
            let jitter = min(every / 8, .seconds(20)) + .nanoseconds(1)
            var step = (window.start - phase) / every - 1
            while true {
                let tokenKey = key.key(UInt64(bitPattern: step))
                let base = phase + every * step
                guard base < window.end else { break }
                let time = base + TimeSpan(draw: tokenKey.draw(4), below: jitter)
                step += 1
                guard window.contains(time) else { continue }
                body(
                    AuditGroup(
                        key: tokenKey, time: time, origin: .configAPI, actor: plane.entities.client(index),
                        changes: [.token(ofScopes: client.scopes, key: tokenKey)]))
            }
        }
    }
}
