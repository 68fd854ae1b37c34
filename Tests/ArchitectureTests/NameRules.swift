/// Checks of the names of types.
enum NameRules {
    /// Names that more than one module declares, with the reason.
    static let shared: [String: String] = [:]

    /// Types of the standard library that a type of ours would hide.
    private static let standard: Set<String> = [
        "Array", "Character", "Clock", "Decoder", "Dictionary", "Duration", "Encoder", "Error", "Hasher", "Mirror",
        "Optional", "Range", "Result", "Sequence", "Set", "String", "Task",
    ]

    /// The declaration of a type; the indentation is the first group, the name the third.
    private static let declaration = Pattern(
        #"^([ ]*)((?:(?:public|package|internal|fileprivate|private|final|indirect|nonisolated|@\w+(?:\([^)]*\))?)[ ]+)*)"#
            + #"(?:struct|class|enum|protocol|actor|typealias)[ ]+(\w+)"#)

    /// The types of a file: name, line, whether it stands in another type, whether other modules see it.
    static func types(_ file: SourceFile) -> [(name: String, line: Int, isNested: Bool, isShared: Bool)] {
        declaration.matches(in: file.code).map { match in
            let words = match.groups[2]
            return (
                match.groups[3], match.line, !match.groups[1].isEmpty,
                words.contains("public") || words.contains("package")
            )
        }
    }

    /// Types of two modules with one name, types that hide one of the standard library, types named like their module.
    static func problems(_ files: [SourceFile]) -> [String] {
        var places: [String: [String]] = [:]
        var problems: [String] = []
        for file in files {
            for type in types(file) {
                let place = "\(file.path):\(type.line)"
                if type.name == file.target { problems.append("\(place): \(type.name) is also the name of its module") }
                guard !type.isNested else { continue }
                if standard.contains(type.name) {
                    problems.append("\(place): \(type.name) hides a type of the standard library")
                }
                if type.isShared { places[type.name, default: []].append(place) }
            }
        }
        for (name, found) in places.sorted(by: { $0.key < $1.key }) where found.count > 1 && shared[name] == nil {
            problems.append("\(name) is declared by \(found.joined(separator: " and "))")
        }
        return problems
    }
}
