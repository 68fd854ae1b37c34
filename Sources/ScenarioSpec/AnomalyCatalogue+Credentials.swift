import TailnetModel

// Keys, tokens and clients.
extension AnomalyCatalogue {
    static let credentials: [AnomalyKind] = [.unauthorizedAPICalls]
}
