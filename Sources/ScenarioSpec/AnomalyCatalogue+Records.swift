import TailnetModel

// Records that were forged, held back or changed.
extension AnomalyCatalogue {
    static let records: [AnomalyKind] = []
}
