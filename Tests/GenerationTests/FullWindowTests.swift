import Generation
import ScenarioSpec
import SimTime
import Simulation
import TailnetModel
import Testing

/// A node with so many open connections that a window makes several records.
@Suite("Full windows", .timeLimit(.minutes(15)))
struct FullWindowTests {
    private struct Files: ScenarioFiles {
        func text(of path: String) throws(ScenarioFileError) -> String {
            """
            {"tagOwners": {"tag:hub": [], "tag:leaf": []},
             "acls": [{"action": "accept", "src": ["*"], "dst": ["*:*"]}]}
            """
        }

        func names(in folder: String) -> [String]? { nil }
    }

    /// Steps are fifteen seconds, a minute with several threads: windows span the ends of both.
    private static let yaml = """
        mocktail: 1
        name: hub
        clock: {start: 2026-03-02T00:00:00Z, duration: 1h}
        tailnet: {organization: example.com, policy: policy.hujson}
        users: [{name: ana, role: owner}]
        nodes:
          - {name: hub, tags: [tag:hub]}
          - {name: leaf, count: 1800, tags: [tag:leaf]}
        traffic:
          - {name: beats, profile: metrics, from: ["tag:leaf"], to: [hub], endless: true}
        """

    private func text(_ world: World, threads: Int) async -> [UInt8] {
        let window = TimeWindow(start: world.plan.span.start, end: world.plan.span.start + .minutes(3))
        let options = GeneratorOptions(window: window, logs: [.network], threads: threads)
        let generator = LogGenerator(world: world, options: options)
        var bytes: [UInt8] = []
        while let chunk = await generator.next() {
            for part in chunk.parts { bytes += part.bytes }
        }
        return bytes
    }

    @Test("The pieces of a window that spans steps are logged in order, with any number of threads")
    func pieces() async throws {
        let world = try World(plan: try Scenario.decode(Self.yaml, file: "hub.yaml", files: Files()))
        let one = await text(world, threads: 1)
        let hub = Array(try #require(world.plan.nodes.first).stableID.utf8)
        let lines = one.split(separator: UInt8(ascii: "\n"))
        // More records than windows.
        #expect(lines.count { $0.prefix(200).contains(hub) } > 40)
        #expect(await text(world, threads: 3) == one)
    }
}
