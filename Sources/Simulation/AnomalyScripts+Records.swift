extension AnomalyScripts {
    static let records: [(kind: String, script: Script)] = []
}
