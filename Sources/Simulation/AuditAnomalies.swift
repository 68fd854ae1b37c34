import Chance
import ScenarioSpec
import SimTime
import TailnetModel

extension World {
    /// A burst of requests from a credential that lacks the scope.
    func unauthorizedCalls(anomaly index: Int) -> [AuditGroup] {
        let facts = anomalies[index]
        guard let client = facts.oauthClient else { return [] }
        let window = facts.anomaly.window
        let slot = window.length.nanoseconds / Int64(max(1, facts.anomaly.count))
        let actor = AuditActor(
            id: plan.oauthClients[client].stableID, type: "OAUTH_CLIENT", loginName: "", displayName: "OAuth client")
        let target = AuditTarget(
            id: plan.tailnet.stableID, name: plan.tailnet.organization, type: "FAILED_REQUEST")
        let requests = FailedRequests(plan.tailnet.organization)
        return (0..<facts.anomaly.count).map { ordinal in
            let key = facts.key.key(UInt64(ordinal))
            let offset = Int64(ordinal) * slot + Int64(key.draw(0, below: UInt64(max(1, slot))))
            return AuditGroup(
                key: key, time: window.start + .nanoseconds(offset), origin: .configAPI, actor: actor,
                changes: [AuditChange("UPDATE", target, details: requests.request(key.draw(8)), error: "forbidden")],
                anomaly: index)
        }
    }

    /// The records that an anomaly of the API makes: the earliest `eventTime` and the latest `logged`.
    func auditExtent(ofAnomaly index: Int) -> (first: Instant, last: Instant)? {
        guard anomalies[index].anomaly.kind == .unauthorizedAPICalls else { return nil }
        let groups = unauthorizedCalls(anomaly: index)
        guard let first = groups.map(\.time).min(), let last = groups.flatMap({ $0.records() }).map(\.logged).max()
        else { return nil }
        return (first, last)
    }
}

/// The requests that programs and people try without being allowed to.
struct FailedRequests: Sendable {
    private let requests: [String]

    init(_ organization: String) {
        let tailnet = "/api/v2/tailnet/" + organization
        requests = [
            "POST \(tailnet)/acl", "POST \(tailnet)/keys", "GET \(tailnet)/keys", "PATCH \(tailnet)/settings",
            "PUT \(tailnet)/logging/network/stream", "POST \(tailnet)/webhooks", "GET \(tailnet)/users",
            "DELETE \(tailnet)/logging/configuration/stream",
        ]
    }

    func request(_ draw: UInt64) -> String { requests[Int(draw.scaled(below: UInt64(requests.count)))] }
}
