extension AnomalyScripts {
    static let scans: [(kind: String, script: Script)] = []
}
