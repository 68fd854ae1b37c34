import TailnetModel
import TailnetPolicy
import Testing

/// Which kinds of sources may use SSH to which kinds of destinations, with which action.
///
/// Sources: what the service has been seen to accept and to refuse, and its documentation: people reach their own and
/// tagged devices, tagged devices reach tagged devices, and only people can authenticate anew.
@Suite("SSH combination") struct SSHCombinationTests {
    private static let sources = [
        "ana@example.com", "ben@example.com", "user:*@example.com", "group:dev", "group:ops@example.com",
        "autogroup:member", "autogroup:admin", "tag:web", "autogroup:tagged", "*", "webhost", "100.64.0.4",
    ]
    private static let destinations = [
        "ana@example.com", "autogroup:self", "autogroup:member", "tag:web", "autogroup:tagged", "group:dev", "webhost",
        "100.64.0.4", "autogroup:internet", "*",
    ]

    private static let sameUser = "users in dst are only allowed from the same user"
    private static let people = "autogroup:self can only be used with users, groups, or supported autogroups"
    private static let noTags = #""check" action does not support tags in src"#

    private static let tagged: Set = ["tag:web", "autogroup:tagged"]
    private static let places: Set = ["webhost", "100.64.0.4"]

    /// What is wrong with a combination; nothing if the service takes it.
    private static func messages(_ action: String, _ source: String, _ destination: String) -> Set<String> {
        var messages: Set<String> = []
        if action == "check" && tagged.contains(source) { messages.insert(noTags) }
        switch destination {
        case "ana@example.com": if source != destination { messages.insert(sameUser) }
        case "autogroup:self": if tagged.contains(source) || places.contains(source) { messages.insert(people) }
        case "autogroup:member": if tagged.contains(source) { messages.insert(sameUser) }
        case "tag:web", "autogroup:tagged": break
        default: messages.insert("invalid dst \"\(destination)\"")
        }
        return messages
    }

    private func problems(
        _ action: String, _ sources: [String], _ destinations: [String], _ severity: PolicyProblem.Severity = .error
    ) -> [PolicyProblem] {
        let list = { (words: [String]) in words.map { "\"\($0)\"" }.joined(separator: ", ") }
        let rule =
            "{\"action\": \"\(action)\", \"src\": [\(list(sources))], \"dst\": [\(list(destinations))], "
            + "\"users\": [\"root\"]}"
        return PolicyFile.parse("{\(PolicyFixture.names)\"acls\": [], \"ssh\": [\(rule)]}").problems
            .filter { $0.severity == severity }
    }

    @Test("Each source goes to the destinations that it may", arguments: ["accept", "check"], sources)
    func eachSourceGoesToTheDestinationsThatItMay(_ action: String, _ source: String) {
        for destination in Self.destinations {
            let found = problems(action, [source], [destination])
            #expect(
                Set(found.map(\.message)) == Self.messages(action, source, destination),
                "\(action) \(source) to \(destination)")
            #expect(destination == "autogroup:member" || !found.contains { !$0.isServiceMessage })
        }
    }

    @Test("One wrong source among several is enough") func oneWrongSourceAmongSeveralIsEnough() {
        #expect(problems("check", ["ana@example.com", "tag:web"], ["tag:db"]).map(\.message) == [Self.noTags])
        #expect(
            problems("accept", ["ana@example.com", "ben@example.com"], ["ana@example.com"]).map(\.message)
                == [Self.sameUser])
        #expect(
            problems("accept", ["ana@example.com"], ["ana@example.com", "ben@example.com"]).map(\.message)
                == [Self.sameUser])
        #expect(problems("accept", ["group:dev", "tag:web"], ["autogroup:self"]).map(\.message) == [Self.people])
        #expect(problems("check", ["ANA@example.com"], ["ana@Example.com"]).isEmpty)
        #expect(problems("check", [], ["ana@example.com", "autogroup:self"]).isEmpty)
    }

    @Test("What nobody has seen is accepted with a warning") func whatNobodyHasSeenIsAcceptedWithAWarning() {
        let warnings = { (source: String, destination: String) in
            problems("accept", [source], [destination], .warning).count
        }
        for source in ["*", "webhost", "100.64.0.4"] { #expect(warnings(source, "tag:web") == 1, "\(source)") }
        for source in ["ana@example.com", "group:dev", "tag:web", "autogroup:member", "autogroup:tagged"] {
            #expect(warnings(source, "tag:web") == 0, "\(source)")
        }
        #expect(warnings("autogroup:member", "autogroup:member") == 1)
    }

    @Test("Tests of SSH start from one user, group, tag, host or address")
    func testsOfSSHStartFromOneUserGroupTagHostOrAddress() {
        let test = { (source: String) in
            PolicyFile.parse(
                "{\(PolicyFixture.names)\"sshTests\": [{\"src\": \"\(source)\", \"dst\": [\"tag:web\"], \"deny\": [\"root\"]}]}"
            ).firstServiceMessage
        }
        for source in ["ana@example.com", "new@example.com", "group:dev", "tag:web", "webhost", "100.64.0.4"] {
            #expect(test(source) == nil, "\(source)")
        }
        for source in ["autogroup:admin", "autogroup:member", "autogroup:self", "*", "lan", "100.64.0.0/24", "svc:x"] {
            #expect(test(source) == "SSH tests src contains disallowed element \"\(source)\"")
        }
    }
}
