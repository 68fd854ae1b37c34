import TailnetModel

// Accounts, roles and administrators.
extension AnomalyCatalogue {
    static let people: [AnomalyKind] = []
}
