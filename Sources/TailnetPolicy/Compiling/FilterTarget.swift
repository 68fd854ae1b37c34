/// A place that a rule leads to, with those of its services that have the same protocol.
struct FilterTarget: Sendable {
    var selector: PolicySelector
    var services: [PolicyService]
    /// Tags of the routers that alone lead there; empty for all.
    var via: [String]

    /// The wire's protocols: none for TCP, UDP and both ICMPs.
    var protocols: [UInt8] {
        services.first?.proto.map { [$0] } ?? []
    }

    /// The places of a rule, ordered by the text of their ports as the service orders them.
    ///
    /// The services of a name that stands there twice go together; those of different protocols go apart.
    static func targets(of rule: PolicyRule) -> [FilterTarget] {
        var merged: [(selector: PolicySelector, services: [PolicyService])] = []
        var indices: [PolicySelector: Int] = [:]
        for destination in rule.destinations {
            let selector = destination.name.selector
            if let index = indices[selector] {
                merged[index].services += destination.services
            } else {
                indices[selector] = merged.count
                merged.append((selector, destination.services))
            }
        }
        let keys = merged.map { $0.services.map(\.portsText).joined(separator: ",") }
        let order = merged.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
        let via = rule.via.map(\.text)
        return order.flatMap { index in
            parts(merged[index].services).map {
                FilterTarget(selector: merged[index].selector, services: $0, via: via)
            }
        }
    }

    /// The services by protocol, in the order of their first appearance.
    private static func parts(_ services: [PolicyService]) -> [[PolicyService]] {
        var parts: [[PolicyService]] = []
        for service in services {
            if let index = parts.firstIndex(where: { $0.first?.proto == service.proto }) {
                parts[index].append(service)
            } else {
                parts.append([service])
            }
        }
        return parts
    }
}
