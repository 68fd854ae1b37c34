import KeyedRandom

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
