extension AnomalyScripts {
    static let settings: [(kind: String, script: Script)] = []
}
