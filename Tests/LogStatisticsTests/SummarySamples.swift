import Generation
import ScenarioSpec
import SimTime
import Simulation
import LogStatistics
import TailnetModel

/// A scenario's files in memory.
struct MemoryFiles: ScenarioFiles {
    var texts: [String: String]

    func text(of path: String) throws(ScenarioFileError) -> String {
        guard let text = texts[path] else { throw .missing }
        return text
    }

    func names(in folder: String) -> [String]? { nil }
}

/// Runs a scenario of that text, whose policy allows everything.
func world(_ yaml: String) throws -> World {
    let policy = """
        {"tagOwners": {"tag:server": ["ana@example.com"]}, "grants": [{"src": ["*"], "dst": ["*"], "ip": ["*"]}]}
        """
    return try World(
        plan: try Scenario.decode(yaml, file: "test.yaml", files: MemoryFiles(texts: ["policy.hujson": policy])))
}

/// The head of a scenario: a name, a seed, a range of time.
func scenario(start: String = "2026-03-03T10:00:00Z", duration: String, _ rest: String) -> String {
    """
    mocktail: 1
    name: test
    seed: 11
    clock: {start: \(start), duration: \(duration)}
    tailnet: {organization: example.com, dns: tail1234, policy: policy.hujson}
    \(rest)
    """
}

/// Calls `body` with every chunk that a scenario gives.
func produce(_ world: World, _ logs: [LogKind] = [.network], _ body: (LogPart) -> Void) async {
    let generator = LogGenerator(
        world: world, options: GeneratorOptions(window: world.plan.span, logs: logs, threads: 2))
    while let chunk = await generator.next() {
        for part in chunk.parts { body(part) }
    }
}

/// The summary of a whole scenario.
func summary(_ world: World, codecStride: Int = 64) async -> StatisticsReport {
    let summary = LogSummary(codecStride: codecStride)
    await produce(world, LogKind.allCases) { summary.add($0.log, $0.bytes) }
    return summary.report()
}

extension StatisticsReport {
    /// The kinds of deviations in the network log.
    var networkKinds: [String] { networkDeviations.items.map(\.kind) }
}

/// A flow record in parts, so that tests can change one of them.
struct RecordText {
    var logged = "2026-03-02T09:00:12.381552917Z"
    var nodeID = "nQ7Wf3kZpa11CNTRL"
    var start = "2026-03-02T09:00:02.114520331Z"
    var end = "2026-03-02T09:00:07.115012Z"
    var srcNode = """
        ,"srcNode":{"nodeId":"nQ7Wf3kZpa11CNTRL","name":"laptop.tail1234.ts.net",\
        "addresses":["100.81.10.108","fd7a:115c:a1e0::c537:a6c"],"user":"ana@example.com"}
        """
    var dstNodes = """
        ,"dstNodes":[{"nodeId":"nBMBpYmjHD21CNTRL","name":"db.tail1234.ts.net",\
        "addresses":["100.104.218.123","fd7a:115c:a1e0::1937:da7b"],"os":"linux","tags":["tag:db","tag:prod"]}]
        """
    var virtual = [
        """
        {"proto":1,"src":"100.81.10.108:0","dst":"100.104.218.123:0","txPkts":1,"txBytes":84,"rxPkts":1,"rxBytes":84}
        """,
        """
        {"proto":6,"src":"100.81.10.108:52144","dst":"100.104.218.123:5432",\
        "txPkts":14,"txBytes":1990,"rxPkts":11,"rxBytes":9144}
        """,
        """
        {"proto":17,"src":"[fd7a:115c:a1e0::c537:a6c]:40000","dst":"[fd7a:115c:a1e0::1937:da7b]:53",\
        "txPkts":1,"txBytes":90}
        """,
    ]
    var subnet: [String] = [
        """
        {"proto":6,"src":"100.81.10.108:50001","dst":"10.20.4.17:443","txPkts":2,"txBytes":104}
        """
    ]
    var exit: [String] = [#"{"src":"100.81.10.108:0","txPkts":5,"txBytes":320}"#]
    var physical = [
        """
        {"src":"100.104.218.123:0","dst":"203.0.113.9:41641","txPkts":15,"txBytes":2676,"rxPkts":12,"rxBytes":9660}
        """
    ]

    /// The record's text.
    var text: String {
        func array(_ key: String, _ items: [String]) -> String {
            items.isEmpty ? "" : ",\"\(key)\":[\(items.joined(separator: ","))]"
        }
        return "{\"logged\":\"\(logged)\",\"nodeId\":\"\(nodeID)\",\"start\":\"\(start)\",\"end\":\"\(end)\""
            + srcNode + dstNodes + array("virtualTraffic", virtual) + array("subnetTraffic", subnet)
            + array("exitTraffic", exit) + array("physicalTraffic", physical) + "}"
    }

    /// What a summary says of the record; the codec is only asked where the one-pass reader gives up.
    func report() -> StatisticsReport { summarized([self]) }
}

/// What a summary says of records.
func summarized(_ records: [RecordText]) -> StatisticsReport {
    let summary = LogSummary(codecStride: .max)
    summary.add(.network, Array(records.map { $0.text + "\n" }.joined().utf8))
    return summary.report()
}
