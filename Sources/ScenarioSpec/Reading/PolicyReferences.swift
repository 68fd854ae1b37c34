import ByteText
import TailnetPolicy

/// What a scenario needs to know of a policy file: its groups and its tags.
struct PolicyReferences {
    /// Each group with the logins of its members, in the file's order.
    var groups: [(name: String, members: [String])]
    /// The tags that have owners; no other tag may be used.
    var tags: [String]

    func members(of group: String) -> [String]? { groups.first { $0.name == group }?.members }

    /// Reads a policy file; what the service would refuse goes to `problems` under the file's own name and lines.
    static func read(_ text: String, file: String, problems: inout ProblemList) -> PolicyReferences? {
        let reading = PolicyFile.parse(text)
        for problem in reading.problems where problem.severity == .error {
            problems.add(
                "column \(problem.position.column): \(problem.message)",
                at: SourceLocation(file: file, line: problem.position.line, path: ""))
        }
        guard let policy = reading.file else { return nil }
        return PolicyReferences(
            groups: policy.groups.map { ($0.name.text, $0.members.map(\.text)) },
            tags: policy.tagOwners.map(\.name.text))
    }
}
