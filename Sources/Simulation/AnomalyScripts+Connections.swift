import ScenarioSpec

extension AnomalyScripts {
    static let connections: [(kind: String, script: Script)] = [("port-22-spike", { port22Spike(&$0) })]

    private static func port22Spike(_ script: inout AnomalyScript) {
        // Password guesses: short connections of some kilobytes each way.
        script.connect(
            Burst(
                sources: [script.node], targets: script.targetNodes, ports: [22], count: Int(script[.sessions]),
                window: script.window, aim: .drawn))
    }
}
