import ScenarioSpec
import Testing

@Suite("Scenario copy") struct ScenarioCopyTests {
    @Test("A copy is the same scenario under another name") func aCopyIsTheSameScenarioUnderAnotherName() throws {
        let source = try ScenarioCatalog().source(of: "quickstart")
        let copy = try ScenarioCopy(named: "mine", from: source)
        #expect(copy.files.map(\.name) == ["mine.yaml", "mine.policy.hujson", "mine.edited.policy.hujson"])
        let texts = Dictionary(uniqueKeysWithValues: copy.files.map { ($0.name, $0.text) })
        var plan = try Scenario.load("mine.yaml", files: MemoryFiles(texts: texts))
        #expect(plan.name == "mine")
        let original = try source.load()
        plan.name = original.name
        for index in plan.policies.indices {
            plan.policies[index].file = original.policies[index].file
            plan.policies[index].since = original.policies[index].since
        }
        // The key of a policy edit holds the file's name, and the edit's second is drawn by the key.
        for index in plan.administration.events.indices {
            plan.administration.events[index].key = original.administration.events[index].key
            plan.administration.events[index].time = original.administration.events[index].time
        }
        #expect(plan.canonicalText == original.canonicalText)
    }

    @Test("Every bundled scenario can be copied") func everyBundledScenarioCanBeCopied() throws {
        for item in ScenarioCatalog().items where item.name != "hyperscale-100k" && item.name != "enterprise-10k" {
            let copy = try ScenarioCopy(named: "copy-of-it", from: item.source)
            #expect(copy.files.count >= 2, "\(item.name)")
            #expect(copy.files.allSatisfy { $0.name.hasPrefix("copy-of-it.") }, "\(item.name)")
        }
    }

    @Test("A policy file of another scenario is renamed too") func aPolicyFileOfAnotherScenarioIsRenamedToo() throws {
        let copy = try ScenarioCopy(named: "trip", from: try ScenarioCatalog().source(of: "exit-destinations"))
        #expect(copy.files.map(\.name) == ["trip.yaml", "trip.policy.hujson"])
    }

    @Test(
        "A name that is no label is refused", arguments: ["", "My scenario", "../mine", "mine.yaml", "-mine", "mine-"])
    func aNameThatIsNoLabelIsRefused(name: String) throws {
        let source = try ScenarioCatalog().source(of: "quiet")
        #expect {
            try ScenarioCopy(named: name, from: source)
        } throws: { "\($0)".contains("not a scenario's name; use lower-case letters") }
    }
}
