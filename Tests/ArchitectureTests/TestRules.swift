/// Checks of the tests themselves.
enum TestRules {
    /// The targets whose tests wait for sockets, processes or time.
    static let waiting: Set<String> = [
        "CommandsTests", "DeliveryTests", "HTTPServiceTests", "IngesterTests", "LiveScoreTests", "ReplayTests",
    ]

    private static let attribute = Pattern(#"@(Test|Suite)\b(\(\s*")?"#)
    private static let suite = Pattern(#"@Suite\b(?:[^{@]|\{[^{}]*\})*?\b(?:struct|class|actor|enum)\s"#)

    /// A test target without the module that it tests, or a folder without a target.
    static func targetProblems(_ manifest: Manifest, folders: [String]) -> [String] {
        let modules = Set(manifest.targets.filter { !$0.isTest }.map(\.name))
        let strays = manifest.targets.compactMap { target -> String? in
            guard target.isTest, target.name != "ArchitectureTests" else { return nil }
            guard target.name.hasSuffix("Tests") else { return "\(target.name) does not end in Tests" }
            let module = String(target.name.dropLast("Tests".count))
            return modules.contains(module) ? nil : "\(target.name): there is no module \(module) to be tested"
        }
        let missing = folders.filter { folder in !manifest.targets.contains { $0.name == folder } }
        return strays + missing.map { "Package.swift has no target for Tests/\($0)" }
    }

    /// A file of tests with another name than `…Tests.swift`, a suite or a test without a sentence as its name, a test
    /// that belongs to no suite, a suite that waits without a time limit.
    static func styleProblems(_ files: [SourceFile]) -> [String] {
        files.flatMap { file -> [String] in
            let found = attribute.matches(in: file.code)
            guard !found.isEmpty else { return [] }
            var problems: [String] = []
            if !file.path.hasSuffix("Tests.swift") {
                problems.append("\(file.path) has tests, and its name does not end in Tests.swift")
            }
            for match in found where match.groups[2].isEmpty {
                problems.append("\(file.path):\(match.line): @\(match.groups[1]) has no sentence as its name")
            }
            let hasSuite = found.contains { $0.groups[1] == "Suite" }
            if !hasSuite { problems.append("\(file.path): its tests belong to no @Suite") }
            for match in suite.matches(in: file.code)
            where waiting.contains(file.target) && !match.groups[0].contains(".timeLimit(") {
                problems.append("\(file.path):\(match.line): a suite that may wait has no .timeLimit")
            }
            return problems
        }
    }
}
