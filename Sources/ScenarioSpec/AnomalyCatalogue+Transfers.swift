import TailnetModel

// Traffic that stands out by its volume or its way.
extension AnomalyCatalogue {
    static let transfers: [AnomalyKind] = []
}
