import Chance
import ScenarioSpec
public import SimTime
import TailnetModel

/// The control plane's history: what people and programs do to the tailnet's configuration, for any stretch of time.
public struct AuditTimeline: Sendable {
    let world: World
    let withAnomalies: Bool

    /// Makes the timeline of a world.
    ///
    /// - Parameter withAnomalies: false for the run as it would be without any.
    public init(world: World, withAnomalies: Bool) {
        self.world = world
        self.withAnomalies = withAnomalies
    }

    /// The records that are logged in `window`, in the order of the log.
    public func records(loggedIn window: TimeWindow) -> [TimelineRecord] {
        let past = TimeWindow(start: window.start - AuditGroup.longestDelay, end: window.end)
        var groups: [AuditGroup] = []
        appendLogins(past, to: &groups)
        appendTokens(past, to: &groups)
        appendMistakes(past, to: &groups)
        for event in world.plan.administration.events where past.contains(event.time) {
            groups.append(group(for: event))
        }
        if withAnomalies {
            for index in world.anomalies.indices { appendAnomaly(index, past, to: &groups) }
        }
        let records = groups.flatMap { $0.records() }.filter { window.contains($0.logged) }
        return records.sorted(by: TimelineRecord.precedes)
    }

    /// Logins to the admin console, within the working hours of those who may.
    private func appendLogins(_ window: TimeWindow, to groups: inout [AuditGroup]) {
        let mean = UInt64(world.plan.administration.milliConsoleLoginsPerDay) * 65_536 / 1_000
        let day = TimeSpan.days(1)
        for (index, user) in world.plan.users.enumerated() where user.role != .member {
            let hours = world.plan.workingHours[index]
            let key = world.root.key("console").key(user.key)
            // Local days begin up to a day before or after those of UTC.
            var date = (window.start - day).floored(to: day)
            while date < window.end + day {
                let number = date.daysSinceEpoch
                let dayKey = key.key(UInt64(bitPattern: number))
                let isWorkday = hours.weekends || CivilDate.weekday(daysSinceEpoch: number) < 5
                let count = isWorkday ? Poisson.count(mean: mean, draw: dayKey.draw(0)) : 0
                for ordinal in 0..<count {
                    let loginKey = dayKey.key(UInt64(ordinal))
                    let length = UInt64((hours.end - hours.start).nanoseconds)
                    let timeOfDay = hours.start + .nanoseconds(Int64(loginKey.draw(0, below: length)))
                    let time = user.timeZone.instant(of: CivilDate(daysSinceEpoch: number), timeOfDay: timeOfDay)
                    guard window.contains(time), user.created <= time else { continue }
                    groups.append(
                        AuditGroup(
                            key: loginKey, time: time, origin: .adminConsole, actor: world.actor(user: index),
                            changes: [AuditChange("LOGIN", world.consoleTarget)]))
                }
                date += day
            }
        }
    }

    /// Access tokens that OAuth clients mint, each on a grid of its own with some jitter.
    private func appendTokens(_ window: TimeWindow, to groups: inout [AuditGroup]) {
        for (index, client) in world.plan.oauthClients.enumerated() {
            guard let every = client.tokenEvery?.nanoseconds, every > 0 else { continue }
            let key = world.root.key("token").key(client.key)
            let phase = Int64(key.draw(0, below: UInt64(every)))
            let jitter = UInt64(min(every / 8, 20_000_000_000)) + 1
            var step = (window.start.nanoseconds - phase) / every - 1
            while true {
                let tokenKey = key.key(UInt64(bitPattern: step))
                let base = Instant(nanoseconds: phase + step * every)
                guard base < window.end else { break }
                let time = base + .nanoseconds(Int64(tokenKey.draw(4, below: jitter)))
                step += 1
                guard window.contains(time) else { continue }
                groups.append(world.tokenMint(client: index, key: tokenKey, time: time))
            }
        }
    }

    /// Failed API requests of ordinary life: a script with a wrong scope, a person with a wrong role.
    private func appendMistakes(_ window: TimeWindow, to groups: inout [AuditGroup]) {
        let perDay = UInt64(world.plan.administration.milliFailedRequestsPerDay)
        guard perDay > 0, !world.plan.oauthClients.isEmpty || !world.plan.users.isEmpty else { return }
        let key = world.root.key("mistakes")
        let hour = TimeSpan.hours(1)
        var bucket = window.start.floored(to: hour)
        while bucket < window.end {
            let bucketKey = key.key(UInt64(bitPattern: bucket.nanoseconds))
            let count = Poisson.count(mean: perDay * 65_536 / 24_000, draw: bucketKey.draw(0))
            for ordinal in 0..<count {
                let requestKey = bucketKey.key(UInt64(ordinal))
                let time = bucket + .nanoseconds(Int64(requestKey.draw(0, below: UInt64(hour.nanoseconds))))
                guard window.contains(time) else { continue }
                groups.append(world.mistake(key: requestKey, time: time))
            }
            bucket += hour
        }
    }

    private func appendAnomaly(_ index: Int, _ window: TimeWindow, to groups: inout [AuditGroup]) {
        let facts = world.anomalies[index]
        guard facts.anomaly.kind == .unauthorizedAPICalls, facts.anomaly.window.overlaps(window) else { return }
        for group in world.unauthorizedCalls(anomaly: index) where window.contains(group.time) {
            groups.append(group)
        }
    }
}

extension World {
    /// The records that an anomaly of the API makes: the earliest `eventTime` and the latest `logged`.
    func auditExtent(ofAnomaly index: Int) -> (first: Instant, last: Instant)? {
        guard anomalies[index].anomaly.kind == .unauthorizedAPICalls else { return nil }
        let groups = unauthorizedCalls(anomaly: index)
        guard let first = groups.map(\.time).min(), let last = groups.flatMap({ $0.records() }).map(\.logged).max()
        else { return nil }
        return (first, last)
    }
}
