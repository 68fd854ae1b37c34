import TailnetPolicy
import Testing

@Suite("Posture") struct PostureTests {
    private func condition(_ text: String) throws -> PostureCondition {
        let reading = PolicyFile.parse("{\"postures\": {\"posture:p\": [\"\(text)\"]}}")
        return try #require(reading.file?.postures.first?.conditions.first, "\(reading.problems)")
    }

    @Test(
        "Conditions hold",
        arguments: [
            ("node:os == 'linux'", true), ("node:os != 'linux'", false), ("node:os IN ['windows', 'linux']", true),
            ("node:os not in ['linux']", false), ("node:tsVersion >= '1.60'", true),
            ("node:tsVersion > '1.72.1'", false),
            ("node:tsVersion<'1.100.0'", true), ("node:tsVersion <= '1.72.1'", true), ("custom:tier IS SET", true),
            ("custom:none IS SET", false), ("custom:none NOT SET", true), ("custom:none != 'x'", true),
            ("custom:none == 'x'", false),
            ("custom:none NOT IN ['x']", true), ("custom:score > 80", true), ("custom:score == 90.0", true),
            ("custom:managed == true", true), ("custom:managed == false", false), ("custom:none > 1", false),
        ])
    func conditionsHold(_ text: String, _ expected: Bool) throws {
        let attributes = [
            PostureAttribute("node:os", .text("linux")), PostureAttribute("node:tsVersion", .text("1.72.1")),
            PostureAttribute("custom:tier", .text("gold")), PostureAttribute("custom:score", .number("90")),
            PostureAttribute("custom:managed", .bool(true)),
        ]
        #expect(try condition(text).holds(for: attributes) == expected)
    }

    @Test(
        "Refuses what is no condition",
        arguments: [
            "", "node:os", "os == 'x'", "node:os == ", "node:os == 'x", "node:os IN 'x'", "node:os IN ['x'",
            "node:os == x",
            "node:os == 'x' y",
        ])
    func refusesWhatIsNoCondition(_ text: String) {
        let reading = PolicyFile.parse("{\"acls\": [], \"postures\": {\"posture:p\": [\"\(text)\"]}}")
        #expect(reading.problems.count == 1)
        #expect(reading.valid == nil)
    }
}
