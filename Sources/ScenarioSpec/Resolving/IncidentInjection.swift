/// An incident as a command line writes it: `KIND@+2h[,key=value...]`, with the keys of the scenario section.
public struct IncidentInjection: Sendable, Hashable {
    /// The text as it was given.
    public let text: String

    /// Reads an injection; what names and times mean is known only once it meets its scenario.
    ///
    /// Elements of a list are separated by semicolons: `port-22-spike@+2h,targets=tag:web;tag:db,sessions=80`.
    public static func parse(_ text: String) throws(ScenarioProblems) -> IncidentInjection {
        var problems = ProblemList()
        _ = read(text, &problems)
        try problems.check()
        return IncidentInjection(text: text)
    }

    /// The checked keys and values.
    var entry: ScenarioEntry {
        var problems = ProblemList()
        return IncidentInjection.read(text, &problems)
    }

    private static func read(_ text: String, _ problems: inout ProblemList) -> ScenarioEntry {
        let place = SourceLocation(file: "--inject \(text)", line: 0, path: "")
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let head = parts[0].split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard head.count == 2, !head[0].isEmpty else {
            problems.add("write KIND@TIME[,key=value...], such as port-22-spike@+2h,sessions=80", at: place)
            return ScenarioEntry(place: place)
        }
        var pairs = [scalar("kind", head[0]), scalar("at", head[1])]
        for part in parts.dropFirst() {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2 else {
                problems.add("\"\(part)\" is not a pair key=value", at: place)
                continue
            }
            let key = String(sides[0])
            if pairs.contains(where: { $0.key == key }) {
                problems.add("\"\(key)\" is given twice", at: place)
            } else if case .list? = ScenarioSections.incident.field(key)?.kind {
                let elements = sides[1].split(separator: ";").map { node($0) }
                pairs.append(.init(key: key, line: 0, value: DocumentNode(content: .list(elements), line: 0)))
            } else {
                pairs.append(scalar(key, sides[1]))
            }
        }
        var decoder = ScenarioDecoder()
        let document = DocumentNode(content: .mapping(pairs), line: 0)
        let entry = decoder.entry(document, ScenarioSections.incident, at: place)
        problems.add(decoder.problems)
        return entry ?? ScenarioEntry(place: place)
    }

    private static func scalar(_ key: String, _ value: Substring) -> DocumentNode.Pair {
        DocumentNode.Pair(key: key, line: 0, value: node(value))
    }

    private static func node(_ value: Substring) -> DocumentNode {
        DocumentNode(content: .scalar(String(value), isPlain: true), line: 0)
    }
}
