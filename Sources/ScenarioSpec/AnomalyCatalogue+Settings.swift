import TailnetModel

// Protections that are switched off.
extension AnomalyCatalogue {
    static let settings: [AnomalyKind] = []
}
