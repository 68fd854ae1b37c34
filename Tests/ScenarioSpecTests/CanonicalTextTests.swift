import ScenarioSpec
import Testing

@Suite("Canonical text") struct CanonicalTextTests {
    /// Fields that the text leaves out, with the reason.
    private static let silent: [String: String] = [
        "NodeShare.isAccepted": "follows from a change of its own, which is in the text",
        "Plan.ordinaryNodeCount": "follows from the nodes of the incidents, which are in the text",
        "PolicyVersion.incident": "follows from the incidents, which are in the text",
        "PolicyVersion.incident#": "follows from the incidents, which are in the text",
        "TailnetInvite.isAccepted": "follows from a change of its own, which is in the text",
    ]

    @Test("Every field changes the text") func everyFieldChangesTheText() throws {
        let full = try PlanChange.fullPlan()
        var known: Set<String> = []
        var covered: Set<String> = []
        var planOfText: [String: String] = [:]
        for (index, change) in PlanChange.all.enumerated() {
            var before = full
            change.prepare(&before)
            var after = before
            change.apply(&after)
            known.formUnion(PlanFields.names(of: after))
            let changed = PlanFields.differences(before, after)
            #expect(changed.count == 1, "change \(index) is not one of one field: \(changed.sorted())")
            covered.formUnion(changed)
            let isSilent = changed.allSatisfy { CanonicalTextTests.silent[$0] != nil }
            #expect(
                (before.canonicalText == after.canonicalText) == isSilent,
                "change \(index), of \(changed.sorted()): the text \(isSilent ? "changes" : "stays as it was")")
            guard !isSilent else { continue }
            let plan = "\(after)"
            let other = planOfText.updateValue(plan, forKey: after.canonicalText)
            #expect(other == nil || other == plan, "change \(index) gives a text that another plan has")
        }
        #expect(known.subtracting(covered).sorted() == [], "no change of the list is one of these fields alone")
        #expect(Set(CanonicalTextTests.silent.keys).subtracting(known).sorted() == [], "there are no such fields")
    }

    @Test("Texts cannot run into each other") func textsCannotRunIntoEachOther() throws {
        var left = try PlanChange.fullPlan()
        var right = left
        left.name = "a\"\nsummary=\"b"
        right.name = "a\\\"\\nsummary=\\\"b"
        #expect(left.canonicalText != right.canonicalText)
        #expect(left.canonicalText.split(separator: "\n").count == right.canonicalText.split(separator: "\n").count)
    }
}
