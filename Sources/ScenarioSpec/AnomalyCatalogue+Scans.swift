import TailnetModel

// Looking around: scans and sweeps.
extension AnomalyCatalogue {
    static let scans: [AnomalyKind] = []
}
