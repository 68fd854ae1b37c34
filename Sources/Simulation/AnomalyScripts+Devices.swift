extension AnomalyScripts {
    static let devices: [(kind: String, script: Script)] = []
}
