import TailnetModel

// Incidents of several stages.
extension AnomalyCatalogue {
    static let stories: [AnomalyKind] = []
}
