import TailnetModel

// Devices, routes and shares.
extension AnomalyCatalogue {
    static let devices: [AnomalyKind] = []
}
