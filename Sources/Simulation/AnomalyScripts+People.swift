extension AnomalyScripts {
    static let people: [(kind: String, script: Script)] = []
}
