import TailnetModel

// Traffic that stands out by whom it connects, how often and when.
extension AnomalyCatalogue {
    static let connections: [AnomalyKind] = [.port22Spike]
}
