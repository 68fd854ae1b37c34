import Chance
import ScenarioSpec
import SimTime
import TailnetModel

extension AnomalyScripts {
    static let credentials: [(kind: String, script: Script)] = [
        ("unauthorized-api-calls", { unauthorizedAPICalls(&$0) })
    ]

    private static func unauthorizedAPICalls(_ script: inout AnomalyScript) {
        let requests = FailedRequests(script.world.plan.tailnet.organization)
        script.forEachMoment(script[.requests], in: script.window) { script, time, key in
            script.change(at: time, client: script.anomaly.oauthClient, .failRequest(requests.request(key.draw(8))))
        }
    }
}
