extension AnomalyScripts {
    static let stories: [(kind: String, script: Script)] = []
}
