import TailnetModel

// The policy file is opened.
extension AnomalyCatalogue {
    static let policies: [AnomalyKind] = []
}
