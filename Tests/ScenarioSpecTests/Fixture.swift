import ScenarioSpec

/// Files that exist only in a test.
struct MemoryFiles: ScenarioFiles {
    var texts: [String: String] = [:]

    func text(of path: String) throws(ScenarioFileError) -> String {
        guard let text = texts[path] else { throw .missing }
        return text
    }

    func names(in folder: String) -> [String]? {
        let prefix = folder + "/"
        let names = texts.keys.filter { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count) }
        let children = Set(names.compactMap { $0.split(separator: "/").first.map(String.init) })
        return children.isEmpty ? nil : children.sorted()
    }
}

/// A small scenario that each test changes in one place.
enum Fixture {
    static let policy = """
        {
          // Who may what.
          "groups": {"group:staff": ["ana@example.com", "ben@example.com"]},
          "tagOwners": {"tag:web": ["group:staff"], "tag:db": ["group:staff"]},
          "acls": [{"action": "accept", "src": ["group:staff"], "dst": ["tag:web:443"]}],
        }
        """

    static let text = """
        # A tailnet for tests.
        mocktail: 1
        name: fixture
        seed: 42
        clock:
          start: 2026-03-02T07:00:00Z
          duration: 12h
        tailnet:
          organization: example.com
          dns: tail3f9c1
          policy: fixture.policy.hujson
        users:
          - name: ana
            displayName: Ana Ruiz
            role: owner
            timeZone: Europe/Madrid
            hours: 08:30-17:30
          - name: ben
        nodes:
          - {name: ana-laptop, user: ana, os: macOS}
          - {name: ben-laptop, user: ben}
          - {name: web, count: 3, tags: [tag:web]}
          - {name: db, tags: [tag:db]}
        oauthClients:
          - {name: poller, scopes: all:read, tokenEvery: 1h}
        traffic:
          - name: staff to web
            profile: web
            from: [group:staff]
            to: [tag:web]
            sessionsPerHour: 12.5
            ipv6: 10%
        administration:
          consoleLoginsPerDay: 2
          failedRequestsPerDay: 1.5
          events:
            - {at: +2h, do: expire-key, node: ben-laptop}
            - {at: +3h, do: reauthenticate, node: ben-laptop}
        incidents:
          - kind: port-22-spike
            at: +4h
            node: ana-laptop
          - kind: unauthorized-api-calls
            at: +6h
        """

    static let edited = policy.replacing("tag:web:443", with: "tag:web:80,443")

    static let files = MemoryFiles(texts: [
        "fixture.policy.hujson": policy, "edited.policy.hujson": edited,
        "broken.policy.hujson": "{\n  \"acls\": [,]\n}",
    ])

    /// The fixture with one text replaced by another.
    static func plan(
        _ old: String = "", _ new: String = "", overrides: ScenarioOverrides = ScenarioOverrides()
    ) throws -> Plan {
        try Scenario.decode(text.replacing(old, with: new), file: "fixture.yaml", files: files, overrides: overrides)
    }

    /// What is wrong with a scenario, one problem a line; empty where nothing is.
    static func problems(in text: String, overrides: ScenarioOverrides = ScenarioOverrides()) -> [String] {
        do throws(ScenarioProblems) {
            _ = try Scenario.decode(text, file: "fixture.yaml", files: files, overrides: overrides)
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    /// What is wrong with the fixture after one text was replaced by another.
    static func problems(_ old: String, _ new: String) -> [String] {
        problems(in: text.replacing(old, with: new))
    }
}

extension String {
    /// Replaces the first occurrence; the text itself for an empty `old`.
    func replacing(_ old: String, with new: String) -> String {
        guard let range = firstRange(of: old), !old.isEmpty else { return self }
        return replacingCharacters(in: range, with: new)
    }

    private func replacingCharacters(in range: Range<Index>, with new: String) -> String {
        String(self[..<range.lowerBound]) + new + String(self[range.upperBound...])
    }
}
