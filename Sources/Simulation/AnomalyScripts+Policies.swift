extension AnomalyScripts {
    static let policies: [(kind: String, script: Script)] = []
}
