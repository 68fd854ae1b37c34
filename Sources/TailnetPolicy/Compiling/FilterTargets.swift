import TailnetModel

/// The places of rules with the same sources and protocols, in order; found by address where they are many.
struct FilterTargets: Sendable {
    private let targets: [FilterTarget]
    /// The places that are more than one address: they may concern any device.
    private let general: [Int]
    /// The others by their address.
    private let byAddress: [IPAddress: [Int]]

    init(_ targets: [FilterTarget]) {
        self.targets = targets
        var general: [Int] = []
        var byAddress: [IPAddress: [Int]] = [:]
        for (index, target) in targets.enumerated() {
            if case .addresses(let range) = target.selector, range.first == range.last {
                byAddress[range.first, default: []].append(index)
            } else {
                general.append(index)
            }
        }
        self.general = general
        self.byAddress = byAddress
    }

    /// The places that may concern a device, in order: those of other devices' addresses are left out.
    func concerning(_ device: PolicyTopology.Node) -> [FilterTarget] {
        // A subnet router is concerned by what lies behind it.
        guard device.subnetRoutes.isEmpty, !byAddress.isEmpty else { return targets }
        let own = Set(device.addresses).flatMap { byAddress[$0] ?? [] }
        return (general + own).sorted().map { targets[$0] }
    }
}
