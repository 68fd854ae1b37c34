extension AnomalyScripts {
    static let transfers: [(kind: String, script: Script)] = []
}
